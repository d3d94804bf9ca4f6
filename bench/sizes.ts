import { loadPool } from '@/lib/db/pool';
import { rollupTables } from '@/lib/rollups/levels';
import { printTable } from './table';

const megabytes = (bytes: number): number => bytes / 1024 ** 2;

/** Rollups beside the lines that they sum up. */
export async function printSizes(): Promise<void> {
  const tables = ['sale_line', 'basket', ...rollupTables.map(({ table }) => table)];
  const { rows } = await loadPool.query<{ name: string; rows: string; heap: string; indexes: string; total: string }>(
    `SELECT relname AS name, reltuples::bigint AS rows, pg_table_size(oid) AS heap, pg_indexes_size(oid) AS indexes,
            pg_total_relation_size(oid) AS total
     FROM unnest($1::text[]) WITH ORDINALITY AS asked(name, at) JOIN pg_class ON oid = asked.name::regclass ORDER BY at`,
    [tables],
  );
  const total = (names: readonly string[]): number =>
    rows.reduce((sum, row) => sum + (names.includes(row.name) ? Number(row.total) : 0), 0);
  const lines = total(['sale_line']);
  const rollups = total(rollupTables.map(({ table }) => table));
  printTable(
    'Sizes, MB',
    ['table', 'rows', 'table and TOAST', 'indexes', 'total', 'of the lines'],
    [
      ...rows.map((row) => [
        row.name,
        Number(row.rows),
        megabytes(Number(row.heap)),
        megabytes(Number(row.indexes)),
        megabytes(Number(row.total)),
        `${((100 * Number(row.total)) / lines).toFixed(0)} %`,
      ]),
      ['all rollups', null, null, null, megabytes(rollups), `${((100 * rollups) / lines).toFixed(0)} %`],
    ],
  );
}
