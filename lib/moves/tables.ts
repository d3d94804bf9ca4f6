import type { Client } from 'pg';
import { listWorkspaceTables } from '@/lib/db/workspace-tables';

/** A table that holds rows of workspaces. */
export interface Table {
  name: string;
  /** The column of the workspace's id. */
  key: 'workspace_id' | 'id';
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

/** The tables whose rows move, those that others refer to first. */
export async function listTables(client: Client): Promise<Table[]> {
  const { rows: settings } = await client.query<{ name: string; isBits: boolean }>(
    `SELECT attname::text AS name, false AS "isBits" FROM pg_attribute
     WHERE attrelid = 'workspace'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'id' ORDER BY attname`,
  );
  const tables = await listWorkspaceTables(client);
  const moving = tables
    .filter(({ name }) => !(name in left))
    .map(({ name, columns, bits, keyed, sequence }) => {
      const counts = !keyed.includes('workspace_id');
      const kept = columns.filter((column) => column !== 'workspace_id' && !(counts && column === 'id'));
      return {
        name,
        key: 'workspace_id',
        columns: kept.map((column) => ({ name: column, isBits: bits.includes(column) })),
        sequence: counts ? null : sequence,
        where: only[name] ?? '',
      } as const;
    });
  return [{ name: 'workspace', key: 'id', columns: settings, sequence: null, where: '' }, ...moving];
}
