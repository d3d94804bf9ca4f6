import type { Mapping } from '@/lib/contract/imports';
import type { ImportRule } from '@/lib/contract/rule-facts';
import { ROWS_KEPT, type Tally } from './tally';

type Grain = Mapping['grain'];

// What a check looks for in all accepted lines together; what can be told from a row alone is said while it is read.

/** What an SQL statement of a rule answers: how often, the first rows, and an example. */
export interface Found {
  count: number;
  rows: number[] | null;
  example: string | null;
}
export interface Rule {
  /** Fields without which there is nothing to look at. */
  needs?: readonly string[];
  says: (found: Found, threshold: number) => string;
  /**
   * One row of Found. $1 workspace, $2 import, $3 threshold, $4 the currency that the rows name, where one is known; or, where a rule
   * is to look `among` some receipts alone, the ids of these and $5 their days.
   */
  sql: (about: { grain: Grain; receiptUnique: boolean; among: boolean }, tally: Tally) => string;
}

const staged = 'staged_line WHERE workspace_id = $1 AND import_id = $2';
const firstRows = `(array_agg(row_no ORDER BY row_no))[1:${ROWS_KEPT}]`;
const lineParts = 'date, "time", store, receipt, product, brand, units, amount';
const lineHash = `hash_record_extended(ROW(${lineParts}), 0)`;
const price = 'ln((amount / units)::float8)';
/** What a receipt is known by; of receipts without a store or date the empty text and the first of all days stand for none. */
const keyOf = (receiptUnique: boolean): string =>
  receiptUnique ? `receipt, '-infinity'::date AS date, '' AS store` : `receipt, date, coalesce(store, '') AS store`;
/** Of receipts whose ids are known, and their days since 2000. */
const suspected = (receiptUnique: boolean): string =>
  `AND ${receiptUnique ? 'receipt IN (SELECT receipt' : `(receipt, date - '2000-01-01'::date) IN (SELECT receipt, day`}
         FROM unnest($4::text[], $5::int[]) n (receipt, day))`;
const percent = (part: number): string => `${Math.round(part * 1000) / 10}%`;
const named = (example: string | null): string => (example ? `: ${example}` : '');

export const rules: Record<ImportRule, Rule> = {
  other_currency: {
    says: ({ example }) => example ?? '',
    sql: () => `
      SELECT (SELECT count(*)::int FROM ${staged}) AS count, NULL::int[] AS rows, 'The amounts are in ' || $4::text || ', and this workspace counts in ' ||
             currency || ': load them into a workspace in ' || $4::text || ', or convert them before' AS example
      FROM workspace WHERE id = $1 AND currency <> $4::text AND $3::float8 IS NOT NULL`,
  },
  future_dates: {
    says: ({ example }) => `Dates lie in the future${named(example)}`,
    sql: () => `
      SELECT count(*)::int AS count, ${firstRows} AS rows, 'the last is ' || max(date)::text AS example
      FROM ${staged} AND date > current_date + $3::int`,
  },
  no_revenue: {
    says: ({ example }) => example ?? '',
    sql: ({ grain }) => `
      WITH sold AS (SELECT (date - min(date) OVER ()) / ${stepOf(grain)} AS at, amount, min(date) OVER () AS first, max(date) OVER () AS last
                    FROM (SELECT date, sum(amount) AS amount FROM ${staged} GROUP BY date) d),
           gap AS (SELECT min(first) AS first, max(last) AS last,
                          array(SELECT s.first + g.n * ${stepOf(grain)}
                                FROM (SELECT min(first) AS first, max(last) AS last FROM sold) s,
                                     generate_series(0, (s.last - s.first) / ${stepOf(grain)}) g (n)
                                WHERE NOT EXISTS (SELECT FROM sold WHERE sold.at = g.n AND amount <> 0) ORDER BY 1) AS days
                   FROM sold)
      SELECT cardinality(days) AS count, NULL::int[] AS rows,
             '${grain === 'week' ? 'Weeks' : 'Days'} without revenue between ' || first || ' and ' || last || ': ' ||
             array_to_string(days[1:10], ', ') || CASE WHEN cardinality(days) > 10 THEN ' …' ELSE '' END AS example
      FROM gap WHERE cardinality(days) > $3::int`,
  },
  repeated_lines: {
    needs: ['receipt'],
    says: (_, threshold) =>
      `Lines stand more than once in their receipt, which more than ${percent(threshold)} of lines rarely do; each counts as a sale`,
    // Few lines share their hash with another one: only those are compared, and kept while the others are read.
    sql: () => `
      SELECT sum(n - 1)::int AS count, ${firstRows} AS rows, NULL::text AS example
      FROM (SELECT count(*) AS n, max(row_no) AS row_no FROM ${staged} AND receipt IS NOT NULL
              AND ${lineHash} IN (SELECT ${lineHash} FROM ${staged} AND receipt IS NOT NULL GROUP BY 1 HAVING count(*) > 1)
            GROUP BY ${lineParts} HAVING count(*) > 1) d
      HAVING sum(n - 1) > $3::float8 * (SELECT count(*) FROM ${staged})`,
  },
  repeated_receipts: {
    needs: ['receipt'],
    says: ({ example }) =>
      `Receipts are in the workspace already, from other files; their sales would count twice${named(example)}`,
    sql: ({ receiptUnique }) => `
      WITH r AS (SELECT ${receiptUnique ? 'NULL::date AS date, NULL::text AS store' : 'date, store'}, receipt, min(row_no) AS row_no
                 FROM ${staged} AND receipt IS NOT NULL AND EXISTS (SELECT FROM basket WHERE workspace_id = $1) GROUP BY 1, 2, 3),
           known AS (SELECT r.row_no, b.import_id FROM r JOIN store s ON s.workspace_id = $1 AND s.code = r.store
                     JOIN basket b ON b.workspace_id = $1 AND b.receipt = r.receipt AND b.date = r.date AND b.store_id = s.id
                     UNION ALL
                     SELECT r.row_no, b.import_id FROM r
                     JOIN basket b ON b.workspace_id = $1 AND b.receipt = r.receipt AND b.store_id IS NULL
                       AND b.date ${receiptUnique ? 'IS NULL' : '= r.date'}
                     WHERE r.store IS NULL)
      SELECT count(*)::int AS count, ${firstRows} AS rows,
             'import ' || min(import_id) || coalesce(', "' || (SELECT file_name FROM import WHERE workspace_id = $1 AND id = min(known.import_id)) || '"', '') AS example
      FROM known HAVING count(*) > $3::float8 * (SELECT count(*) FROM r)`,
  },
  shared_receipts: {
    needs: ['receipt', 'shopper'],
    says: ({ example }) =>
      `Receipts name several shoppers, and a purchase is made by one; what tells such receipts apart, such as the till, belongs into the receipt id too${named(example)}`,
    // Of each such receipt the rows from which on it is another shopper's. All lines are not kept, the few that are looked among are.
    sql: ({ receiptUnique, among }) => `
      WITH l AS ${among ? '' : 'NOT '}MATERIALIZED (
             SELECT ${keyOf(receiptUnique)}, shopper, row_no FROM ${staged} AND receipt IS NOT NULL AND shopper IS NOT NULL
                    ${among ? suspected(receiptUnique) : ''}),
           r AS (SELECT receipt, date, store, min(shopper COLLATE "C") <> max(shopper COLLATE "C") AS shared FROM l GROUP BY 1, 2, 3),
           first AS (SELECT receipt, date, store, shopper, min(row_no) AS row_no FROM l
                     WHERE (receipt, date, store) IN (SELECT receipt, date, store FROM r WHERE shared) GROUP BY 1, 2, 3, 4),
           other AS (SELECT receipt, shopper, row_no, lag(shopper) OVER one AS before
                     FROM first WINDOW one AS (PARTITION BY receipt, date, store ORDER BY row_no))
      SELECT count(*) FILTER (WHERE shared)::int AS count,
             (SELECT ${firstRows} FROM other WHERE before IS NOT NULL) AS rows,
             (SELECT receipt || ' of ' || before || ' and ' || shopper FROM other WHERE before IS NOT NULL ORDER BY row_no LIMIT 1) AS example
      FROM r HAVING count(*) FILTER (WHERE shared) > $3::float8 * count(*)`,
  },
  outliers: {
    needs: ['product'],
    says: (_, threshold) =>
      `Unit prices are over ${threshold} times the product's usual price, or under a ${threshold}th of it`,
    // Most products have no such price: then one pass that keeps no line says so.
    sql: () => `
      WITH priced AS NOT MATERIALIZED (
             SELECT row_no, product, ${price} AS price FROM ${staged} AND product IS NOT NULL AND units > 0 AND amount > 0),
           usual AS (SELECT product, avg(price) AS price FROM priced GROUP BY product
                     HAVING count(*) >= 5 AND greatest(max(price) - avg(price), avg(price) - min(price)) > ln($3::float8))
      SELECT count(*)::int AS count, ${firstRows} AS rows, NULL::text AS example
      FROM priced JOIN usual USING (product) WHERE abs(priced.price - usual.price) > ln($3::float8)`,
  },
  unknown_stores: {
    needs: ['store'],
    says: ({ example }) => `Stores are not known to the workspace, which has others${named(example)}`,
    sql: () => `
      WITH s AS (SELECT store, min(row_no) AS row_no FROM ${staged} AND store IS NOT NULL GROUP BY store),
           fresh AS (SELECT store, row_no FROM s WHERE EXISTS (SELECT FROM store WHERE workspace_id = $1)
                       AND NOT EXISTS (SELECT FROM store m WHERE m.workspace_id = $1 AND m.code = s.store))
      SELECT count(*)::int AS count, ${firstRows} AS rows,
             array_to_string((array_agg(store ORDER BY row_no))[1:5], ', ') AS example
      FROM fresh HAVING count(*) > $3::float8 * (SELECT count(*) FROM s)`,
  },
  drift: {
    says: ({ example }) => `The file is unlike those published before: ${example ?? ''}`,
    sql: ({ grain }, tally) => `
      WITH before AS (SELECT sum(rows_accepted)::float8 AS n, sum(total_amount)::float8 AS amount, sum(date_to - date_from + 1)::float8 AS days
                      FROM import WHERE workspace_id = $1 AND id <> $2 AND state = 'published' AND kind = 'transactions'
                        AND push_key IS NULL AND grain = '${grain}' AND rows_accepted > 0),
           now AS (${sumsOf(tally)}),
           change AS (SELECT what, CASE WHEN was > 0 THEN is_now / was - 1 END AS part
                      FROM before, now, LATERAL (VALUES ('lines a day', now.n / nullif(now.days, 0), before.n / nullif(before.days, 0)),
                        ('the amount of a line', now.amount / nullif(now.n, 0), before.amount / nullif(before.n, 0))) v (what, is_now, was))
      SELECT count(*)::int AS count, NULL::int[] AS rows,
             string_agg(what || ' ' || CASE WHEN part > 0 THEN '+' ELSE '−' END || to_char(abs(part) * 100, 'FM999,999,999,990') || ' %', ', ') AS example
      FROM change WHERE abs(part) > $3::float8
        AND EXISTS (SELECT FROM import WHERE workspace_id = $1 AND id = $2 AND push_key IS NULL)`,
  },
};

/** Of all lines: they were counted while they were read. */
function sumsOf(tally: Tally): string {
  const { from, to } = tally.range();
  const days = from === null || to === null ? 'NULL' : `'${to}'::date - '${from}'::date + 1`;
  return `SELECT ${tally.accepted}::float8 AS n, '${tally.totals().amount}'::float8 AS amount, (${days})::float8 AS days`;
}

export function stepOf(grain: Grain): number {
  return grain === 'week' ? 7 : 1;
}
