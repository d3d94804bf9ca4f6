-- Files of these connectors add to what is there, as they did.
UPDATE "connector" SET source = source || '{"replace": false}'
WHERE source->>'kind' IN ('http', 'folder', 's3') AND NOT source ? 'replace';
