import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { Mapping } from '@/lib/contract/imports';
import { codeOf } from './describe-lines';
import { requireMembers, type Subject } from './touched';

export interface Loaded {
  lines: number;
  days: string[];
}

/** Turns the staged lines into sale lines; their members are in the touched tables already. */
export async function loadLines(subject: Subject, mapping: Mapping, scale: number, expected: number): Promise<Loaded> {
  const { client, workspaceId: w, importId } = subject;
  const minor = (column: string) => `(l.${column} * ${10 ** scale})`;
  await requireMembers(subject);
  await client.query(
    `CREATE TEMP TABLE load_line ON COMMIT DROP AS
     SELECT l.row_no, l.date, l."time", s.id AS store_id, h.id AS shopper_no, p.id AS product_id, l.units,
            ${minor('amount')}::bigint AS amount, round(${minor('base_amount')})::bigint AS base_amount, l.promotion,
            l.is_return, l.receipt, ${minor('amount')} <> trunc(${minor('amount')}) AS inexact
     FROM staged_line l
     JOIN touched_product p ON p.code = ${codeOf.product}
     LEFT JOIN touched_store s ON s.code = ${codeOf.store}
     LEFT JOIN touched_shopper h ON h.code = ${codeOf.shopper}
     WHERE l.workspace_id = ${w} AND l.import_id = ${importId}`,
  );
  await client.query('ANALYZE load_line');
  const { rows } = await client.query<{ lines: number; inexact: boolean | null; days: string[] | null }>(
    `SELECT sum(n)::int AS lines, bool_or(inexact) AS inexact, array_agg(date::text) AS days
     FROM (SELECT date, count(*) AS n, bool_or(inexact) AS inexact FROM load_line GROUP BY date) d`,
  );
  const { lines = 0, inexact, days } = rows[0] ?? {};
  if (lines !== expected)
    throw new ApiError(
      'conflict',
      `The check accepted ${expected} rows, but ${lines ?? 0} are waiting. Check the file again, then publish.`,
    );
  if (inexact)
    throw new ApiError(
      'unprocessable',
      `The amounts have more decimals than the ${scale} this workspace keeps. Check the file again: the rows concerned will be named.`,
    );
  await loadBaskets(subject, mapping.receiptUnique);
  const basketKey = mapping.receiptUnique
    ? 'b.receipt = l.receipt'
    : 'b.receipt = l.receipt AND b.date = l.date AND b.place = coalesce(l.store_id, 0)';
  await client.query(
    `INSERT INTO sale_line (workspace_id, import_id, row_no, date, "time", store_id, shopper_no, basket_id, product_id,
                            units, amount, base_amount, promotion, is_return)
     SELECT ${w}, ${importId}, l.row_no, l.date, l."time", l.store_id, l.shopper_no, b.id, l.product_id,
            l.units, l.amount, l.base_amount, l.promotion, l.is_return
     FROM load_line l LEFT JOIN load_basket b ON ${basketKey}
     -- A join's own order would scatter a month over the whole table.
     ORDER BY l.date, l.row_no`,
  );
  return { lines, days: days ?? [] };
}

/** load_basket: the baskets of the lines, those of earlier imports among them. */
async function loadBaskets({ client, workspaceId: w, importId }: Subject, receiptUnique: boolean): Promise<void> {
  const key = receiptUnique ? 'NULL::date AS date, 0' : 'l.date, coalesce(l.store_id, 0)';
  const known = receiptUnique
    ? 'date IS NULL AND store_id IS NULL'
    : 'date BETWEEN (SELECT min(date) FROM load_line) AND (SELECT max(date) FROM load_line)';
  await client.query(
    `CREATE TEMP TABLE load_basket ON COMMIT DROP AS
     SELECT date, place, receipt, coalesce(known, nextval(pg_get_serial_sequence('basket', 'id'))) AS id, known IS NULL AS fresh
     FROM (SELECT n.date, n.place, n.receipt, b.id AS known
           FROM (SELECT ${key} AS place, l.receipt, min(l.row_no) AS first_row
                 FROM load_line l WHERE l.receipt IS NOT NULL GROUP BY 1, 2, 3) n
           LEFT JOIN (SELECT id, date, coalesce(store_id, 0) AS place, receipt FROM basket WHERE workspace_id = ${w} AND ${known}) b
             ON b.receipt = n.receipt AND b.place = n.place ${receiptUnique ? '' : 'AND b.date = n.date'}
           ORDER BY n.first_row) ordered`,
  );
  await client.query('ANALYZE load_basket');
  await client.query(
    `INSERT INTO basket (workspace_id, id, date, store_id, receipt, import_id)
     SELECT ${w}, id, date, nullif(place, 0), receipt, ${importId} FROM load_basket WHERE fresh ORDER BY id`,
  );
}
