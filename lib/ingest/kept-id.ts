/** The id that a name or code had before, else a new one. */
export const keptOr = (table: string, kept: string): string =>
  `coalesce(${kept}, nextval(pg_get_serial_sequence('${table}', 'id')))::int`;

/** Removes members by a statement that returns (id, name), and keeps the ids for when the names come again. */
export const removeKeeping = (workspaceId: number, member: string, remove: string): string =>
  `WITH gone AS (${remove})
   INSERT INTO kept_id (workspace_id, member, name, id) SELECT ${workspaceId}, '${member}', name, id FROM gone
   ON CONFLICT (workspace_id, member, name) DO UPDATE SET id = excluded.id`;
