import 'server-only';
import type { ColumnStore, Rows } from '@/lib/columns/column-store';
import { ApiError } from '@/lib/contract/errors';
import type { Mapping } from '@/lib/contract/imports';
import { toText } from '@/lib/metrics/calendar';
import { lineColumns } from '@/lib/rollups/gather';
import type { Loaded } from '@/lib/rollups/refresh';
import { codeOf } from './describe-lines';
import { requireMembers, type Subject } from './touched';

// From staged lines to sale lines by way of the column store, which joins and sorts them while PostgreSQL writes.

/** Lines that stand in the column store with their members and baskets, to be written month by month. */
export interface Gathered {
  store: ColumnStore;
  days: string[];
  /** How many lines a month has, by its first day. */
  months: ReadonlyMap<string, number>;
  /** New ones: all, or a month's where receipts are of a day. */
  baskets(month?: string): Rows;
  lines(month: string): Rows;
}

/** Gathers the lines of load_line; their members are in the touched tables already. */
export async function gatherLines(
  store: ColumnStore,
  subject: Subject,
  mapping: Mapping,
  scale: number,
  expected: number,
): Promise<Gathered> {
  await requireMembers(subject);
  for (const member of ['product', 'store', 'shopper'])
    await store.fetch(`load_${member}`, { code: 'VARCHAR', id: 'INTEGER' }, `SELECT code, id FROM touched_${member}`);
  const counts = await countDays(store, scale, expected);
  const days = [...counts.keys()].sort();
  const months = new Map<string, number>();
  for (const day of days) months.set(monthOf(day), (months.get(monthOf(day)) ?? 0) + counts.get(day)!);
  await gatherBaskets(store, subject, mapping.receiptUnique, days);
  const baskets = (month?: string): Rows => basketRows(subject, mapping.receiptUnique, month);
  return { store, days, months, baskets, lines: (month) => lineRows(subject, month) };
}

/** Makes sale lines of them, all before any rollups: what they replace is not known before. `onLines` hears how many are in. */
export async function loadAtOnce(
  subject: Subject,
  { store, months, baskets, lines }: Gathered,
  onLines: (done: number) => Promise<void>,
): Promise<Loaded> {
  const counts = [...months.values()];
  let done = 0;
  const lots = [...months.keys()].map(lines);
  await store.sendAll([baskets(), ...lots], async (lot) => onLines((done += counts[lot - 1] ?? 0)));
  await store.sent();
  const load = async (month: string): Promise<string | null> =>
    (await holdsOnly(store, subject, month, months.get(month))) ? soldOf(month) : null;
  return { store, load };
}

/**
 * Makes sale lines of them month by month as rollups are made of each, while PostgreSQL takes those of the month before. Only where
 * nothing is taken out once they are in. `waiting`: months that are not loaded yet.
 */
export async function loadByMonth(
  { client, workspaceId }: Subject,
  { store, months, baskets, lines }: Gathered,
): Promise<Loaded & { waiting: ReadonlySet<string> }> {
  const { rows } = await client.query<{ month: string }>(
    `SELECT month::text FROM unnest($2::date[]) month
     WHERE EXISTS (SELECT FROM sale_line WHERE workspace_id = $1 AND date >= month AND date < month + interval '1 month')`,
    [workspaceId, [...months.keys()]],
  );
  const begun = new Set(rows.map(({ month }) => month));
  const waiting = new Set(months.keys());
  const load = async (month: string): Promise<string | null> => {
    if (!waiting.delete(month)) return null;
    await store.sendAll([baskets(month), lines(month)]);
    return begun.has(month) ? null : soldOf(month);
  };
  return { store, load, waiting };
}

/** Whether the month has as many lines as were written into it: none of other imports, and none of these was taken out. */
async function holdsOnly(
  store: ColumnStore,
  { workspaceId, importId }: Subject,
  month: string,
  written: number | undefined,
): Promise<boolean> {
  if (!written) return false;
  const [found] = await store.ask<{ lines: number; own: number }>(
    `SELECT count(*)::int AS lines, (count(*) FILTER (WHERE import_id = $2))::int AS own FROM sale_line
     WHERE workspace_id = $1 AND date >= $3::date AND date < $3::date + interval '1 month'`,
    [workspaceId, importId, month],
  );
  return found?.lines === written && found.own === written;
}

/** The first day of its month. */
const monthOf = (day: string): string => `${day.slice(0, 7)}-01`;
/** Its first and last, in the words of the column store. */
const daysOf = (month: string): string => `DATE '${month}' AND last_day(DATE '${month}')`;

/** How many lines each day has, if they are as many as expected and can be kept to the last digit. */
async function countDays(store: ColumnStore, scale: number, expected: number): Promise<Map<string, number>> {
  const days = new Map<string, number>();
  let [lines, inexact] = [0, false];
  const counts = `SELECT (date - DATE '1970-01-01')::int, count(*)::int, bool_or(inexact)::int FROM load_line GROUP BY 1`;
  for (const [day = 0, count = 0, isInexact = 0] of await store.rows(counts)) {
    days.set(toText(day), count);
    lines += count;
    inexact ||= isInexact > 0;
  }
  if (lines !== expected)
    throw new ApiError(
      'conflict',
      `The check accepted ${expected.toLocaleString('en')} rows, but ${lines.toLocaleString('en')} are waiting. Check the file again, then publish.`,
    );
  if (inexact)
    throw new ApiError(
      'unprocessable',
      `The amounts have more decimals than the ${scale} this workspace keeps. Check the file again: the rows concerned will be named.`,
    );
  return days;
}

/**
 * load_basket: the new baskets of the lines, by receipt, date and place (store, or 0); a receipt that stands for itself has neither
 * date nor place. load_sold: the lines with their members and baskets, those of earlier imports among them.
 */
async function gatherBaskets(
  store: ColumnStore,
  { workspaceId: w }: Subject,
  receiptUnique: boolean,
  days: readonly string[],
): Promise<void> {
  const known = receiptUnique ? 'date IS NULL AND store_id IS NULL' : `date BETWEEN '${days[0]}' AND '${days.at(-1)}'`;
  const keyOf = (place: string): string =>
    receiptUnique ? '0 AS day, 0 AS place' : `(date - DATE '2000-01-01')::int AS day, coalesce(${place}, 0) AS place`;
  await store.fetch(
    'load_known',
    { id: 'BIGINT', day: 'INTEGER', place: 'INTEGER', receipt: 'VARCHAR' },
    `SELECT id, ${keyOf('store_id')}, receipt FROM basket WHERE workspace_id = ${w} AND ${known}`,
  );
  await store.run(
    `CREATE TABLE load_basket (day INTEGER, place INTEGER, receipt VARCHAR, id BIGINT);
     CREATE TABLE load_sold (${Object.entries(soldColumns)
       .map((column) => column.join(' '))
       .join(', ')})`,
  );
  // Receipts of a day and place are looked for among those of their month, which are few; others among all.
  const lots = receiptUnique
    ? ['true']
    : [...new Set(days.map(monthOf))].map((month) => `date BETWEEN ${daysOf(month)}`);
  for (const ours of lots) {
    const lines = `(SELECT l.* EXCLUDE (store), ${keyOf('s.id')}, s.id AS store_id
                    FROM load_line l LEFT JOIN load_store s ON s.code = ${codeOf.store} WHERE ${ours})`;
    await store.run(
      `CREATE OR REPLACE TABLE load_named AS
       SELECT n.day, n.place, n.receipt, b.id,
              row_number() OVER (PARTITION BY b.id IS NULL ORDER BY n.day, n.place, n.receipt) AS turn
       FROM (SELECT DISTINCT day, place, receipt FROM ${lines} l WHERE receipt IS NOT NULL) n
       LEFT JOIN load_known b USING (day, place, receipt)`,
    );
    const [[fresh] = []] = await store.rows('SELECT count(*) FROM load_named WHERE id IS NULL');
    // Another publish may take ids at the same time: they come in runs without a gap, mostly in a single one. The sequence is
    // looked up once: for every id, that would take longer than all else.
    await store.fetch(
      'load_run',
      { first: 'BIGINT', last: 'BIGINT', ahead: 'BIGINT' },
      `SELECT min(turn), max(turn), id - turn
       FROM (SELECT turn, nextval((SELECT pg_get_serial_sequence('basket', 'id')::regclass)) AS id
             FROM (SELECT generate_series(1, ${fresh}) AS turn) turns) taken
       GROUP BY id - turn`,
    );
    await store.run(
      `CREATE OR REPLACE TABLE load_numbered AS
       SELECT n.day, n.place, n.receipt, coalesce(n.id, n.turn + r.ahead) AS id, n.id IS NULL AS fresh
       FROM load_named n LEFT JOIN load_run r ON n.turn BETWEEN r.first AND r.last;
       INSERT INTO load_basket SELECT day, place, receipt, id FROM load_numbered WHERE fresh;
       INSERT INTO load_sold
       SELECT l.row_no, l.date, l."time", l.store_id, h.id, b.id, p.id, l.units, l.amount, l.base_amount, l.promotion, l.is_return
       FROM ${lines} l
       JOIN load_product p ON p.code = ${codeOf.product}
       LEFT JOIN load_shopper h ON h.code = ${codeOf.shopper}
       LEFT JOIN load_numbered b USING (day, place, receipt);
       DROP TABLE load_named; DROP TABLE load_numbered`,
    );
  }
  await store.run('DROP TABLE load_line; DROP TABLE load_known');
}

const { workspace_id: _w, import_id: _i, ...soldColumns } = lineColumns;

/** In the order of their key, for which one is found by where the one before was put. */
const basketRows = ({ workspaceId, importId }: Subject, receiptUnique: boolean, month?: string): Rows => ({
  target: 'basket (workspace_id, id, date, store_id, receipt, import_id)',
  query: `SELECT ${workspaceId}, id, ${receiptUnique ? 'NULL' : `DATE '2000-01-01' + day`}, nullif(place, 0), receipt, ${importId}
          FROM load_basket ${month === undefined ? '' : `WHERE DATE '2000-01-01' + day BETWEEN ${daysOf(month)}`}
          ORDER BY day, place, receipt`,
});

const soldOf = (month: string): string => `SELECT * FROM load_sold WHERE date BETWEEN ${daysOf(month)}`;

/** Those of a month in the order of their days, for a question about some days to find them together. */
const lineRows = ({ workspaceId, importId }: Subject, month: string): Rows => ({
  target: `sale_line (${Object.keys(lineColumns).join(', ')})`,
  textless: true,
  query: `SELECT ${Object.keys(lineColumns).join(', ')}
          FROM (SELECT *, ${workspaceId} AS workspace_id, ${importId} AS import_id FROM (${soldOf(month)}))
          ORDER BY date, row_no`,
});
