import 'server-only';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import type { Range } from '@/lib/metrics/periods';
import { isChosen, type Chosen } from './chosen';
import { selectLines } from './compile-lines';
import { selectSpend } from './compile-spend';
import { cellsOf, type Cut } from './cut';
import { allUnder, name, oneOf, type Sql } from './fragments';
import { chooseSpend, reach, type Choice, type Ground, type Part } from './plan';
import { unpack } from './unpack';

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

type Row = { key: string | null; shoppers: Uint8Array; rows_read: number } & Record<SpendColumn, Uint8Array | null>;

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
  const statements = choice.parts.map((part) =>
    part.source === 'lines'
      ? fromLines(cut, part, ground, wanted, apart)
      : fromMonths(cut, part, ground, wanted, apart),
  );
  const choices = [choice];
  if (apart.length > 0) {
    const part: Part = { source: 'lines', spans: [reached] };
    choices.push({ parts: [part], rejected: ['spanning_brands'] });
    statements.push(fromLines({ ...cut, brands: apart }, part, ground, wanted, []));
  }
  const rows = await snapshot.$queryRaw<Row[]>(
    sql.sql`SELECT * FROM (${sql.join(statements, ' UNION ALL ')}) AS part(key, shoppers, ${name(columns.join(', '))}, rows_read) ORDER BY key`,
  );
  return {
    rows: addUp(rows, wanted, ground.shoppers),
    choices,
    rowsRead: rows.reduce((sum, row) => sum + Number(row.rows_read), 0),
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

function fromMonths(
  cut: Cut,
  part: Part,
  ground: Ground,
  wanted: readonly SpendColumn[],
  apart: readonly number[],
): Sql {
  const { key, from, where } = selectSpend(cut, part, ground);
  return sql.sql`
    SELECT ${key}, array_send(r.shoppers), ${sql.join(
      columns.map((column) => (wanted.includes(column) ? sql.sql`array_send(${name(`r.${column}`)})` : name('NULL'))),
    )}, cardinality(r.shoppers)
    ${from} ${where} ${notOneOf(name('r.brand_id'), apart)}`;
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
  const listed = (column: string): Sql => sql.sql`array_send(array_agg(${name(column)} ORDER BY shopper_no))`;
  return sql.sql`
    SELECT key, ${listed('shopper_no')}, ${sql.join(
      columns.map((column) => (wanted.includes(column) ? listed(column) : name('NULL'))),
    )}, sum(read)::int
    FROM (SELECT ${key} AS key, l.shopper_no, count(*) AS read, ${sql.join(
      wanted.map((column) => sql.sql`${onLines[column]} AS ${name(column)}`),
    )}
          ${from} AND l.shopper_no IS NOT NULL ${notOneOf(name('p.brand_id'), apart)} GROUP BY 1, 2) spent
    GROUP BY key`;
}

/** Adds the lists of each key up, which come in its order: in arrays over all shoppers, then only those met. */
function addUp(rows: readonly Row[], wanted: readonly SpendColumn[], chosen: Chosen | null): Spend[] {
  const lists = rows.map((row) => ({ row, shoppers: unpack(row.shoppers) }));
  const size = lists.reduce((most, { shoppers }) => Math.max(most, shoppers.at(-1) ?? 0), 0) + 1;
  const sums = wanted.map((column) => ({ column, all: new Float64Array(size) }));
  const met = new Uint8Array(size);
  const spends: Spend[] = [];
  for (let start = 0; start < lists.length;) {
    const { key } = lists[start]!.row;
    let end = start;
    let count = 0;
    for (; end < lists.length && lists[end]!.row.key === key; end++) {
      const { row, shoppers } = lists[end]!;
      for (const shopper of shoppers) {
        if (met[shopper] === 1 || !isChosen(chosen, shopper)) continue;
        met[shopper] = 1;
        count++;
      }
      for (const { column, all } of sums) {
        const sent = row[column];
        if (!sent) continue;
        const values = unpack(sent);
        for (let index = 0; index < shoppers.length; index++) all[shoppers[index]!]! += values[index]!;
      }
    }
    spends.push(collect(key, count, met, sums));
    start = end;
  }
  return spends;
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
