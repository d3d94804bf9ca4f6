import 'server-only';
import { rollup } from 'd3-array';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import type { Range } from '@/lib/metrics/periods';
import { packedLevel } from '@/lib/packed/levels';
import { readPacked } from '@/lib/packed/read';
import { unpackText, type Numbers } from '@/lib/packed/unpack';
import { packedLevels } from '@/lib/rollups/levels';
import { readBrands } from './assortment';
import { selectLines } from './compile-lines';
import { cellsOf, type Cut } from './cut';
import { allUnder, name, type Sql } from './fragments';
import { listSeries } from './list-series';
import { chooseSpend, packedFrom, reach, type Choice, type Ground, type Part } from './plan';
import { firstsIn } from './times';

const columns = ['amount', 'units', 'purchases', 'trips'] as const;
export type SpendColumn = (typeof columns)[number];

export interface Spends {
  rows: SpendRow[];
  choices: Choice[];
  rowsRead: number;
  ms: number;
}

/** A part of what a row's shoppers bought, such as in one month; shoppers ascend. */
export interface SpendRow {
  key: string | null;
  rowsRead: number;
  lists: { shoppers: Numbers } & Partial<Record<SpendColumn, Numbers>>;
}

/** What shoppers bought, part by part. Purchases tell buyers from those who only returned. */
export async function readSpend(
  snapshot: Snapshot,
  cut: Cut,
  range: Range,
  ground: Ground,
  asked: readonly SpendColumn[],
): Promise<Spends> {
  const started = performance.now();
  const wanted = columns.filter((column) => asked.includes(column));
  const reached = reach(range, ground.facts.data);
  if (!reached || cellsOf(cut).every((cell) => cell.nodes.length === 0)) {
    return { rows: [], choices: [], rowsRead: 0, ms: performance.now() - started };
  }
  const trips = asked.includes('trips');
  const choice = chooseSpend(cut, reached, ground, trips);
  const apart =
    trips && choice.parts.some(({ source }) => source === 'spend_month')
      ? await spanningBrands(snapshot, cut, ground)
      : [];
  const choices = [choice];
  const statements = choice.parts
    .filter((part) => !isPacked(part))
    .map((part) => fromLines(cut, part, ground, wanted, apart));
  if (apart.length > 0) {
    const part: Part = { source: 'lines', spans: [reached] };
    choices.push({ parts: [part], rejected: ['spanning_brands'] });
    statements.push(fromLines({ ...cut, brands: apart }, part, ground, wanted, []));
  }
  const rows: SpendRow[] = [];
  for (const part of choice.parts.filter(isPacked))
    rows.push(...(await keptRows(snapshot, cut, part, ground, wanted, apart)));
  for (const statement of statements) rows.push(...(await sendRows(snapshot, statement, wanted)));
  return {
    rows,
    choices,
    rowsRead: rows.reduce((sum, row) => sum + row.rowsRead, 0),
    ms: performance.now() - started,
  };
}

/** Brands of the cut whose products hang in several categories: one trip may touch more than one of them. */
async function spanningBrands(snapshot: Snapshot, cut: Cut, ground: Ground): Promise<number[]> {
  if (cut.key.by !== 'brand' && cut.brands === null) return [];
  const nodes = cellsOf(cut).flatMap((cell) => allUnder(ground.tree)(cell.nodes));
  const all = [...(await readBrands(snapshot, cut, nodes, ground)).values()].flat();
  return [
    ...rollup(
      all,
      (met) => met.length,
      (brand) => brand,
    ),
  ].flatMap(([brand, times]) => (times > 1 ? [brand] : []));
}

const isPacked = ({ source }: Part): boolean => source === 'spend_month';
const [{ table, time, keys }] = packedLevels;
const level = packedLevel(table, time, keys);

async function keptRows(
  snapshot: Snapshot,
  cut: Cut,
  { spans }: Part,
  ground: Ground,
  wanted: readonly SpendColumn[],
  apart: readonly number[],
): Promise<SpendRow[]> {
  const series = (await listSeries(snapshot, cut, ground)).filter(({ ids }) => !apart.includes(ids[1]!));
  const rows = await readPacked(snapshot, packedFrom(ground), {
    ...{ level, series, times: firstsIn('month', spans), chunks: ground.facts.chunks },
    columns: ['shoppers', ...wanted],
  });
  return rows.map(({ series: { key }, lists }) => ({
    key,
    rowsRead: lists['shoppers']!.length,
    lists: lists as unknown as SpendRow['lists'],
  }));
}

async function sendRows(snapshot: Snapshot, statement: Sql, wanted: readonly SpendColumn[]): Promise<SpendRow[]> {
  type Sent = { key: string | null; rows_read: number } & Record<'shoppers' | SpendColumn, string>;
  return (await snapshot.$queryRaw<Sent[]>(statement)).map(({ key, rows_read: rowsRead, ...texts }) => {
    const lists = (['shoppers', ...wanted] as const).map((one) => [one, unpackText(texts[one])]);
    return { key, rowsRead, lists: Object.fromEntries(lists) as SpendRow['lists'] };
  });
}

const notOneOf = (column: Sql, ids: readonly number[]): Sql =>
  ids.length === 0 ? sql.empty : sql.sql`AND ${column} <> ALL(${[...ids]}::int[])`;

const onLines: Record<SpendColumn, Sql> = {
  amount: sql.sql`sum(l.amount)::bigint`,
  units: sql.sql`(sum(l.units) * 1000)::bigint`,
  purchases: sql.sql`(count(*) FILTER (WHERE NOT l.is_return AND l.units > 0))::int`,
  trips: sql.sql`(count(DISTINCT l.basket_id) FILTER (WHERE NOT l.is_return AND l.units > 0))::int`,
};

function fromLines(
  cut: Cut,
  part: Part,
  ground: Ground,
  wanted: readonly SpendColumn[],
  apart: readonly number[],
): Sql {
  const { key, from } = selectLines({ ...cut, grain: null }, part, ground);
  const listed = (column: string): Sql =>
    sql.sql`encode(array_send(array_agg(${name(column)} ORDER BY shopper_no)), 'base64') AS ${name(column)}`;
  return sql.sql`
    SELECT key, encode(array_send(array_agg(shopper_no ORDER BY shopper_no)), 'base64') AS shoppers,
           ${sql.join(wanted.map(listed))}, sum(read)::int AS rows_read
    FROM (SELECT ${key} AS key, l.shopper_no, count(*) AS read, ${sql.join(
      wanted.map((column) => sql.sql`${onLines[column]} AS ${name(column)}`),
    )}
          ${from} AND l.shopper_no IS NOT NULL ${notOneOf(name('p.brand_id'), apart)} GROUP BY 1, 2) spent
    GROUP BY key`;
}
