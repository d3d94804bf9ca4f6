import type { Client } from 'pg';
import type { Table } from './tables';

/** What a table holds of a workspace: rows, and the sum of their hashes, in whatever order they come. */
export interface Held {
  rows: string;
  hashes: string;
}

/** Where files are kept, and the name over there: they differ by right. */
const differing = new Set(['file_path', 'slug']);

/** Bits as text would be eight times as long. */
const valueOf = ({ name, isBits }: Table['columns'][number]): string =>
  isBits ? `md5(bit_send("${name}"))` : `"${name}"`;

export const rowsOf = (table: Table, workspaceId: number): string =>
  `FROM "${table.name}" WHERE "${table.key}" = ${workspaceId}${table.where && ` AND ${table.where}`}`;

export async function hashTable(client: Client, table: Table, workspaceId: number): Promise<Held> {
  const values = table.columns.filter(({ name }) => !differing.has(name)).map(valueOf);
  const { rows } = await client.query<Held>(
    `SELECT count(*)::text AS rows,
       coalesce(sum(('x' || left(md5(ROW(${values.join(', ')})::text), 16))::bit(64)::bigint::numeric), 0)::text AS hashes
     ${rowsOf(table, workspaceId)}`,
  );
  return rows[0]!;
}

/** Lines, units and amount as people know them. */
export async function readTotals(client: Client, workspaceId: number): Promise<string> {
  const { rows } = await client.query<{ told: string }>(
    `SELECT count(l.row_no) || ' lines, ' || trim_scale(coalesce(sum(l.units), 0)) || ' units, amount ' ||
       round(coalesce(sum(l.amount), 0) / power(10::numeric, max(w.currency_scale)), max(w.currency_scale)) AS told
     FROM workspace w LEFT JOIN sale_line l ON l.workspace_id = w.id WHERE w.id = $1 GROUP BY w.id`,
    [workspaceId],
  );
  return rows[0]?.told ?? '';
}
