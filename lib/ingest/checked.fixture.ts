import { loadPool } from '@/lib/db/pool';
import { env, readEnv } from '@/lib/env';
import { newWorkspace, type Outcome } from './received.fixture';

// For tests of checks: a file of lines in few words, and what its check says.

export const HEADER = 'date,store,product,brand,units,amount';
export const GOOD = '2024-01-05,S1,P1,B1,2,5.00';
export const file = (rows: string[], header = HEADER): string => [header, ...rows].join('\n');

/** Every column under its own name. */
export const columnsOf = (header: string): Record<string, string> =>
  Object.fromEntries(header.split(',').map((column) => [column, column]));

/** Row, column, reason of what was rejected. */
export const rejected = ({ rejects }: Outcome): [number, string, string][] =>
  rejects.map((reject) => [reject.row_no, reject.column_name, reject.reason]);

export const warning = ({ import: { report } }: Outcome, rule: string) =>
  report.warnings.find((found) => found.rule === rule);

/** A workspace that holds a line already, so that its smallest coin is fixed. */
export async function workspaceWithLines(scale: number): Promise<number> {
  const id = await newWorkspace(scale);
  await loadPool.query(
    `WITH c AS (INSERT INTO category (workspace_id, name, depth) VALUES ($1, 'All', 0) RETURNING id),
          b AS (INSERT INTO brand (workspace_id, name) VALUES ($1, 'B1') RETURNING id),
          p AS (INSERT INTO product (workspace_id, code, name, brand_id, category_id) SELECT $1, 'P1', 'P1', b.id, c.id FROM b, c RETURNING id),
          i AS (INSERT INTO import (workspace_id, kind, state, file_name, file_size, file_hash, file_path)
                VALUES ($1, 'transactions', 'uploaded', 'x', 1, 'x', 'x') RETURNING id)
     INSERT INTO sale_line (workspace_id, import_id, row_no, date, product_id, units, amount)
     SELECT $1, i.id, 2, '2024-01-01', p.id, 1, 100 FROM i, p`,
    [id],
  );
  return id;
}

/** Sets the rules of checks as IMPORT_RULES would. */
export const setRulesTo = (text: string): void => {
  env.IMPORT_RULES = readEnv({ IMPORT_RULES: text }).IMPORT_RULES;
};
