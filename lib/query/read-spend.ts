import 'server-only';
import { group } from 'd3-array';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import type { Range } from '@/lib/metrics/periods';
import { readPacked, type Ask } from '@/lib/packed/read';
import { unpackText, type Numbers } from '@/lib/packed/unpack';
import { packedLevels } from '@/lib/rollups/levels';
import { isChosen, type Chosen } from './chosen';
import { selectLines } from './compile-lines';
import { selectSpend } from './compile-spend';
import { cellsOf, type Cut } from './cut';
import { allUnder, name, oneOf, type Sql } from './fragments';
import { chooseSpend, packedFrom, reach, type Choice, type Ground, type Part } from './plan';

const columns = ['amount', 'units', 'purchases', 'trips'] as const;
export type SpendColumn = (typeof columns)[number];

/**
 * What each shopper bought; position i of every list is one shopper, ascending. Amounts in the minor unit and units in
 * thousandths, both net of returns. Who has no purchase only returned, and is no buyer. Columns not asked for are empty.
 */
export type Spend = Record<SpendColumn, Float64Array> & { key: string | null; shoppers: Int32Array };

export interface Spends {
  rows: Spend[];
  choices: Choice[];
  rowsRead: number;
  ms: number;
}

interface Row {
  key: string | null;
  rowsRead: number;
  lists: { shoppers: Numbers } & Partial<Record<SpendColumn, Numbers>>;
}

/** Purchases are always read: they tell buyers from those who only returned. */
export async function readSpend(
  snapshot: Snapshot,
  cut: Cut,
  range: Range,
  ground: Ground,
  asked: readonly SpendColumn[],
): Promise<Spends> {
  const started = performance.now();
  const wanted = columns.filter((column) => column === 'purchases' || asked.includes(column));
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
  const asks = choice.parts.filter(isPacked).map((part) => listMonths(cut, part, ground, wanted, apart));
  const statements = choice.parts
    .filter((part) => !isPacked(part))
    .map((part) => fromLines(cut, part, ground, wanted, apart));
  if (apart.length > 0) {
    const part: Part = { source: 'lines', spans: [reached] };
    choices.push({ parts: [part], rejected: ['spanning_brands'] });
    statements.push(fromLines({ ...cut, brands: apart }, part, ground, wanted, []));
  }
  const rows = (await readPacked(snapshot, packedFrom(ground), asks)).flat().map(({ key, lists }): Row => ({
    key,
    rowsRead: lists['shoppers']!.length,
    lists: lists as unknown as Row['lists'],
  }));
  for (const statement of statements) rows.push(...(await sendRows(snapshot, statement, wanted)));
  return {
    rows: addUp(rows, wanted, ground.shoppers),
    choices,
    rowsRead: rows.reduce((sum, row) => sum + row.rowsRead, 0),
    ms: performance.now() - started,
  };
}

/** Brands of the cut whose products hang in several categories: one trip may touch more than one of them. */
async function spanningBrands(snapshot: Snapshot, cut: Cut, { facts, tree }: Ground): Promise<number[]> {
  if (cut.key.by !== 'brand' && cut.brands === null) return [];
  const nodes = cellsOf(cut).flatMap((cell) => allUnder(tree)(cell.nodes));
  const rows = await snapshot.$queryRaw<{ brand_id: number }[]>(sql.sql`
    SELECT brand_id FROM product
    WHERE workspace_id = ${facts.workspaceId}::int AND category_id = ANY(${nodes}::int[]) ${oneOf(name('brand_id'), cut.brands)}
    GROUP BY brand_id HAVING count(DISTINCT category_id) > 1`);
  return rows.map(({ brand_id }) => brand_id);
}

const isPacked = ({ source }: Part): boolean => source === 'spend_month';
const [level] = packedLevels;

function listMonths(
  cut: Cut,
  part: Part,
  ground: Ground,
  wanted: readonly SpendColumn[],
  apart: readonly number[],
): Ask {
  const { key, from, where } = selectSpend(cut, part, ground);
  const listed = sql.sql`
    SELECT ${key}, NULL, to_char(r.month, 'YYYY-MM-DD'), r.category_id, r.brand_id, r.chunk
    ${from} ${where} ${notOneOf(name('r.brand_id'), apart)}`;
  return { level, listed, columns: ['shoppers', ...wanted] };
}

async function sendRows(snapshot: Snapshot, statement: Sql, wanted: readonly SpendColumn[]): Promise<Row[]> {
  type Sent = { key: string | null; rows_read: number } & Record<'shoppers' | SpendColumn, string>;
  return (await snapshot.$queryRaw<Sent[]>(statement)).map(({ key, rows_read: rowsRead, ...texts }) => {
    const lists = (['shoppers', ...wanted] as const).map((one) => [one, unpackText(texts[one])]);
    return { key, rowsRead, lists: Object.fromEntries(lists) as Row['lists'] };
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

/** Adds the lists of each key up: in arrays over all shoppers, then only those met. */
function addUp(rows: readonly Row[], wanted: readonly SpendColumn[], chosen: Chosen | null): Spend[] {
  const size = rows.reduce((most, { lists }) => Math.max(most, lists.shoppers.at(-1) ?? 0), 0) + 1;
  const sums = wanted.map((column) => ({ column, all: new Float64Array(size) }));
  const met = new Uint8Array(size);
  const byKey = group(rows, ({ key }) => key);
  const keys = [...byKey.keys()].sort((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1));
  return keys.map((key) => {
    let count = 0;
    for (const { lists } of byKey.get(key)!) {
      const { shoppers } = lists;
      for (let index = 0; index < shoppers.length; index++) {
        const shopper = shoppers[index]!;
        if (met[shopper] === 1 || !isChosen(chosen, shopper)) continue;
        met[shopper] = 1;
        count++;
      }
      for (const { column, all } of sums) {
        const values = lists[column]!;
        for (let index = 0; index < shoppers.length; index++) all[shoppers[index]!]! += values[index]!;
      }
    }
    return collect(key, count, met, sums);
  });
}

/** Takes out what was met, and leaves zeros behind for the next key. */
function collect(
  key: string | null,
  count: number,
  met: Uint8Array,
  sums: readonly { column: SpendColumn; all: Float64Array }[],
): Spend {
  const empty = new Float64Array(0);
  const spend: Spend = {
    key,
    shoppers: new Int32Array(count),
    amount: empty,
    units: empty,
    purchases: empty,
    trips: empty,
  };
  for (const { column } of sums) spend[column] = new Float64Array(count);
  for (let shopper = 0, at = 0; at < count; shopper++) {
    if (met[shopper] === 0) continue;
    met[shopper] = 0;
    spend.shoppers[at] = shopper;
    for (const { column, all } of sums) {
      spend[column][at] = all[shopper]!;
      all[shopper] = 0;
    }
    at++;
  }
  return spend;
}
