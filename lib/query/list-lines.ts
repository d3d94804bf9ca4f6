import 'server-only';
import { z } from 'zod';
import type { LinesSpec } from '@/lib/contract/drill';
import type { SaleLine } from '@/lib/contract/lines';
import { isoDate } from '@/lib/contract/query';
import { sql } from '@/lib/db/client';
import { inSnapshot, type Snapshot } from '@/lib/db/snapshot';
import { volumeOf } from '@/lib/metrics/compute';
import type { SumColumn } from '@/lib/metrics/metric';
import { purchase } from './compile-lines';
import type { Facts } from './facts';
import type { Sql } from './fragments';
import { checkPlace, readPlace, writePlace } from './place';
import { Reader } from './read';
import { streamCsv } from './stream-csv';
import { linesOf, readUnder, settle, type Settled, type Under } from './under';
import { linesOfWhom } from './whose';

/** The last line of a page, and the data that it was read from: version, date, import, row. */
const place = z.tuple([z.int(), isoDate, z.int32(), z.int32()]);
type Place = z.output<typeof place>;

interface Page {
  items: SaleLine[];
  next: Place | null;
  settled: Settled;
  under: Under;
  /** FROM and WHERE of all pages. */
  lines: Sql;
}

type Row = Omit<SaleLine, 'units' | 'amount' | 'volume'> & { units: string; amount: string; volume: string | null };

const kept = {
  identified: {
    condition: sql.sql`AND l.shopper_no IS NOT NULL`,
    amount: 'identifiedAmount',
    units: 'identifiedUnits',
  },
  with_basket: { condition: sql.sql`AND l.basket_id IS NOT NULL`, amount: 'basketAmount', units: 'basketUnits' },
  promoted: { condition: sql.sql`AND l.promotion > 0`, amount: 'promotedAmount', units: 'promotedUnits' },
  in_store: { condition: sql.sql`AND l.store_id IS NOT NULL` },
  purchases: { condition: sql.sql`AND ${purchase}` },
  all: { condition: sql.empty, amount: 'amount', units: 'units' },
} as const satisfies Record<string, { condition: Sql; amount?: SumColumn; units?: SumColumn }>;

/** What every answer of lists says of the data. */
export const metaOf = ({ dataVersion, currency, currencyScale, calendar, data }: Facts) => ({
  dataVersion,
  currency,
  currencyScale,
  calendar,
  newestDate: data?.to ?? null,
});

/** One page of the lines under a sum, after a place; oldest first, then by import and row. */
async function readPage(
  snapshot: Snapshot,
  workspaceId: number,
  spec: LinesSpec,
  after: Place | null,
  limit: number,
  shoppers: boolean,
): Promise<Page> {
  const { scope, when, only, of, ...asked } = spec;
  const settled = await settle(snapshot, workspaceId, asked, ['line']);
  const { facts } = settled.resolved;
  checkPlace(after, facts.dataVersion);
  const under = settled.under(
    scope,
    of === 'stores' || of === 'slice_stores' || only === 'in_store' ? 'stores' : 'sums',
    when,
  );
  const lines = sql.sql`${linesOf(under, settled.ground)} ${kept[only ?? 'all'].condition} ${linesOfWhom(spec, settled)}`;
  const beyond = after
    ? sql.sql`AND (l.date, l.import_id, l.row_no) > (${after[1]}::date, ${after[2]}::int, ${after[3]}::int)`
    : sql.empty;
  const rows = await snapshot.$queryRaw<Row[]>(sql.sql`
    SELECT l.import_id AS import, l.row_no AS row, to_char(l.date, 'YYYY-MM-DD') AS date, to_char(l.time, 'HH24:MI:SS') AS time,
           t.code AS store, k.code AS shopper, b.receipt, m.code AS product, m.name AS "productName", r.name AS brand,
           c.name AS category, l.units::text, (l.units * m.pack_size)::text AS volume, m.pack_unit AS "volumeUnit",
           l.amount::text, l.promotion > 0 AS promoted, l.is_return AS "isReturn"
    FROM (SELECT l.* ${lines} ${beyond}
          ORDER BY l.date, l.import_id, l.row_no LIMIT ${limit + 1}) l
    JOIN product m ON m.workspace_id = l.workspace_id AND m.id = l.product_id
    JOIN brand r ON r.workspace_id = m.workspace_id AND r.id = m.brand_id
    JOIN category c ON c.workspace_id = m.workspace_id AND c.id = m.category_id
    LEFT JOIN store t ON t.workspace_id = l.workspace_id AND t.id = l.store_id
    LEFT JOIN shopper k ON k.workspace_id = l.workspace_id AND k.no = l.shopper_no
    LEFT JOIN basket b ON b.workspace_id = l.workspace_id AND b.id = l.basket_id
    ORDER BY l.date, l.import_id, l.row_no`);
  const items = rows.slice(0, limit).map(({ shopper, volume, volumeUnit, ...row }): SaleLine => {
    const sized = volume !== null && (volumeUnit === 'kg' || volumeUnit === 'l');
    return {
      ...row,
      ...(shoppers && { shopper: shopper ?? null }),
      units: Number(row.units),
      volume: sized ? Number(volume) : null,
      volumeUnit: sized ? volumeUnit : null,
      amount: Number(row.amount) / 10 ** facts.currencyScale,
    };
  });
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, next: last ? [facts.dataVersion, last.date, last.import, last.row] : null, settled, under, lines };
}

interface Totals {
  value: number | null;
  units: number | null;
  volume: number | null;
}

/** From where the number has them; what rollups do not tell apart is added up on the lines. */
async function readTotals(
  snapshot: Snapshot,
  { only, of }: LinesSpec,
  { settled, under, lines }: Page,
): Promise<Totals> {
  const { ground, resolved } = settled;
  const { amount, units } = { amount: null, units: null, ...kept[only ?? 'all'] };
  if (amount && units && !of) {
    const [leaves = null] = await readUnder(new Reader(snapshot, ground), [{ under, family: 'sums' }]);
    return {
      value: leaves && leaves.sums[amount],
      units: leaves && leaves.sums[units],
      volume: leaves && !only ? volumeOf(leaves) : null,
    };
  }
  const [sums] = await snapshot.$queryRaw<{ amount: string; units: string; volume: string | null }[]>(sql.sql`
    SELECT coalesce(sum(l.amount), 0)::text AS amount, coalesce(sum(l.units), 0)::text AS units,
           CASE WHEN min(p.pack_unit) = max(p.pack_unit) THEN sum(l.units * p.pack_size)::text END AS volume ${lines}`);
  return {
    value: Number(sums?.amount) / 10 ** resolved.facts.currencyScale,
    units: Number(sums?.units),
    volume: sums?.volume ? Number(sums.volume) : null,
  };
}

/** A page of lines with what all of them add up to, from one snapshot. `shoppers`: who bought is told. */
export function listLines(
  workspaceId: number,
  spec: LinesSpec,
  { limit, cursor, shoppers }: { limit: number; cursor?: string | undefined; shoppers: boolean },
) {
  const after = readPlace(cursor, place);
  return inSnapshot(async (snapshot) => {
    const page = await readPage(snapshot, workspaceId, spec, after, limit, shoppers);
    const { items, next, settled, under } = page;
    return {
      items,
      nextCursor: next && writePlace(next),
      totals: await readTotals(snapshot, spec, page),
      range: under.range,
      meta: metaOf(settled.resolved.facts),
    };
  });
}

const piece = 2_000;
const headings = [
  ...(['import', 'row', 'date', 'time', 'store', 'receipt', 'product', 'productName', 'brand', 'category'] as const),
  ...(['units', 'amount', 'promoted', 'isReturn', 'volume', 'volumeUnit'] as const),
];

/** All lines as CSV text, in pieces. Breaks off when the data changes meanwhile: a file never mixes two versions. */
export const streamLines = (workspaceId: number, spec: LinesSpec, shoppers: boolean): AsyncGenerator<string> =>
  streamCsv([...headings, ...(shoppers ? (['shopper'] as const) : [])], (after: Place | null) =>
    inSnapshot((snapshot) => readPage(snapshot, workspaceId, spec, after, piece, shoppers)),
  );
