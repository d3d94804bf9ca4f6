import type { Client, Pool, PoolClient } from 'pg';

/** A table that holds rows of workspaces. */
export interface WorkspaceTable {
  name: string;
  columns: string[];
  /** Those of bits. */
  bits: string[];
  /** Those of the primary key. */
  keyed: string[];
  /** What numbers its ids. */
  sequence: string | null;
}

interface Row extends WorkspaceTable {
  needs: string[];
}

/** All tables with rows of workspaces, those that others refer to first. */
export async function listWorkspaceTables(
  client: Pick<Client | Pool | PoolClient, 'query'>,
): Promise<WorkspaceTable[]> {
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
  return inOrder(rows);
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
