import type { Client } from 'pg';

/** A table that holds rows of workspaces. */
export interface Table {
  name: string;
  /** All but the workspace's id, and but an id that only counts rows of all workspaces. */
  columns: { name: string; isBits: boolean }[];
  /** Sequence that numbers the rows, where ids move with them. */
  sequence: string | null;
  /** Which of a workspace's rows move; empty: all. */
  where: string;
}

/** What stays where it is, and why. */
export const left: Readonly<Record<string, string>> = {
  member: 'people belong to a database; make them with npm run user',
  api_key: 'a key opens one database; make new ones',
  answered_write: 'answers to requests of the last hours',
  connector: 'two databases would fetch the same files; set connectors up anew',
  connector_run: 'goes with its connector',
  connector_seen: 'goes with its connector',
  staged_line: 'of files that are not published',
  staged_member: 'of files that are not published',
  import_checkpoint: 'of files that are not published',
};

const settled = `state IN ('published', 'reverted', 'cancelled', 'failed')`;
const only: Readonly<Record<string, string>> = {
  import: settled,
  rejected_row: `import_id IN (SELECT id FROM import WHERE workspace_id = rejected_row.workspace_id AND ${settled})`,
};

interface Row {
  name: string;
  columns: string[];
  bits: string[];
  keyed: string[];
  sequence: string | null;
  needs: string[];
}

/** The tables whose rows move, those that others refer to first. */
export async function listTables(client: Client): Promise<Table[]> {
  const { rows } = await client.query<Row>(`
    SELECT c.relname AS name,
      (SELECT array_agg(a.attname::text ORDER BY a.attname) FROM pg_attribute a
       WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
      coalesce((SELECT array_agg(a.attname::text) FROM pg_attribute a
       WHERE a.attrelid = c.oid AND a.attnum > 0 AND a.atttypid IN ('bit'::regtype, 'varbit'::regtype)), '{}') AS bits,
      (SELECT array_agg(a.attname::text) FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY(i.indkey)
       WHERE i.indrelid = c.oid AND i.indisprimary) AS keyed,
      CASE WHEN EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'id' AND NOT a.attisdropped)
        THEN pg_get_serial_sequence(format('%I', c.relname), 'id') END AS sequence,
      coalesce((SELECT array_agg(DISTINCT r.relname::text) FROM pg_constraint k JOIN pg_class r ON r.oid = k.confrelid
       WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> c.oid), '{}') AS needs
    FROM pg_class c JOIN pg_attribute w ON w.attrelid = c.oid AND w.attname = 'workspace_id' AND NOT w.attisdropped
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') ORDER BY c.relname`);
  return inOrder(rows.filter(({ name }) => !(name in left))).map(({ name, columns, bits, keyed, sequence }) => {
    const counts = !keyed.includes('workspace_id');
    const kept = columns.filter((column) => column !== 'workspace_id' && !(counts && column === 'id'));
    return {
      name,
      columns: kept.map((column) => ({ name: column, isBits: bits.includes(column) })),
      sequence: counts ? null : sequence,
      where: only[name] ?? '',
    };
  });
}

function inOrder(tables: readonly Row[]): Row[] {
  const names = new Set(tables.map(({ name }) => name));
  const placed = new Set<string>();
  const ordered: Row[] = [];
  while (ordered.length < tables.length) {
    const ready = tables.filter(
      ({ name, needs }) => !placed.has(name) && needs.every((need) => !names.has(need) || placed.has(need)),
    );
    if (ready.length === 0) throw new Error('The tables refer to one another in a circle.');
    for (const table of ready) {
      placed.add(table.name);
      ordered.push(table);
    }
  }
  return ordered;
}
