import 'server-only';
import { sql } from '@/lib/db/client';
import { purchase, selectLines } from './compile-lines';
import type { Beside, Besides, Cut } from './cut';
import { name, type Sql } from './fragments';
import type { Ground, Part } from './plan';

// What has to be set side by side, on the lines: what shoppers bought of a slice and of its market; which stores sell a
// slice, and what they sell of its market and of everything. Keys and periods of none are written, so that they join.

const noKey = sql.sql`chr(1)`;

/** Lines by row and period, and by what else they are grouped by: FROM and WHERE come last. */
function rowsOf(cut: Cut, part: Part, ground: Ground, by: Sql, columns: Sql, has: Sql): Sql {
  const { key, period, from } = selectLines(cut, part, ground);
  return sql.sql`
    SELECT coalesce(${key}, ${noKey}) AS key, coalesce((${period})::text, '') AS period, ${by}, count(*) AS read, ${columns}
    ${from} ${has}`;
}

const isBought = sql.sql`HAVING bool_or(${purchase})`;
const bought = sql.sql`(count(*) FILTER (WHERE ${purchase}))`;
const volumeIn = (unit: 'kg' | 'l'): Sql =>
  sql.sql`coalesce(sum(l.units * p.pack_size) FILTER (WHERE p.pack_unit = ${unit}), 0)`;
const amounts = sql.sql`sum(l.amount) AS amount, sum(l.units) AS units, ${volumeIn('kg')} AS volume_kg,
  ${volumeIn('l')} AS volume_l, ${bought} AS purchases`;

const byShopper = (cut: Cut, part: Part, ground: Ground, columns: Sql, having: Sql): Sql =>
  rowsOf(
    cut,
    part,
    ground,
    name('l.shopper_no AS who'),
    columns,
    sql.sql`AND l.shopper_no IS NOT NULL GROUP BY 1, 2, 3 ${having}`,
  );

const byStore = (cut: Cut, part: Part, ground: Ground, columns: Sql, having: Sql): Sql =>
  rowsOf(
    cut,
    part,
    ground,
    name('l.store_id AS store'),
    columns,
    sql.sql`AND l.store_id IS NOT NULL GROUP BY 1, 2, 3 ${having}`,
  );

/** Joins what a row is set beside to it, by its key there. */
function joined(as: string, { rows }: Besides, on: Sql): Sql {
  const table = name(as);
  const same = sql.sql`${table}.period = mine.period AND ${on}`;
  if (rows === 'whole') return sql.sql`${table} ON ${same}`;
  if (rows === 'own') return sql.sql`${table} ON ${table}.key = mine.key AND ${same}`;
  const [own, theirs] = [rows.map(([row]) => row), rows.map(([, key]) => key)];
  return sql.sql`(SELECT coalesce(pair.row, ${noKey}) AS row, ${table}.* FROM ${table}
    JOIN unnest(${own}::text[], ${theirs}::text[]) AS pair(row, key) ON pair.key = ${table}.key) ${table}
    ON ${table}.row = mine.key AND ${same}`;
}

const shown = sql.sql`nullif(mine.key, ${noKey}) AS key, nullif(mine.period, '') AS period`;
const together = sql.sql`sum(mine.amount)::text AS amount, sum(mine.units)::text AS units, sum(mine.volume_kg)::text AS volume_kg,
  sum(mine.volume_l)::text AS volume_l, sum(mine.purchases)::text AS purchases`;

/** Within the market, the cut of the row has the grain and the days of its own. */
const inTime = ({ grain, daysOn }: Cut, other: Cut): Cut => ({ ...other, grain, ...(daysOn && { daysOn }) });

/** Rows of key, period, the family's columns and how many lines were read, numbers as text. */
export function compileBeside(family: Beside, cut: Cut, part: Part, ground: Ground): Sql {
  const [first, second] = (cut.beside ?? []).map((one) => ({ ...one, cut: inTime(cut, one.cut) }));
  if (family === 'buying') {
    const columns = sql.sql`${amounts}, count(DISTINCT l.basket_id) FILTER (WHERE ${purchase}) AS trips`;
    return sql.sql`
      SELECT ${shown}, count(*)::text AS buyers, (count(*) FILTER (WHERE trips > 1))::text AS repeat_buyers, ${together},
             sum(read)::text AS rows_read
      FROM (${byShopper(cut, part, ground, columns, isBought)}) mine GROUP BY 1, 2`;
  }
  if (family === 'stores') {
    const columns = sql.sql`sum(l.amount) AS amount, bool_or(${purchase}) AS sells`;
    return sql.sql`
      SELECT ${shown}, (count(*) FILTER (WHERE sells))::text AS selling, sum(amount)::text AS amount,
             coalesce(sum(amount) FILTER (WHERE sells), 0)::text AS selling_amount, sum(read)::text AS rows_read
      FROM (${byStore(cut, part, ground, columns, sql.empty)}) mine GROUP BY 1, 2`;
  }
  if (!first) throw new Error(`${family} needs what it is set beside`);
  if (family === 'requirements') {
    return sql.sql`
      WITH mine AS MATERIALIZED (${byShopper(cut, part, ground, sql.sql`${bought} AS own`, isBought)}),
           theirs AS MATERIALIZED (${byShopper(first.cut, part, ground, amounts, sql.empty)})
      SELECT ${shown}, (count(*) FILTER (WHERE theirs.purchases = mine.own))::text AS sole_buyers,
             ${sum('theirs', ['amount', 'units', 'volume_kg', 'volume_l', 'purchases'])}, sum(mine.read + theirs.read)::text AS rows_read
      FROM mine JOIN ${joined('theirs', first, sql.sql`theirs.who = mine.who`)} GROUP BY 1, 2`;
  }
  if (!second) throw new Error(`${family} needs two that it is set beside`);
  const items = sql.sql`count(DISTINCT l.product_id) FILTER (WHERE ${purchase} AND NOT p.unspecified) AS items`;
  const amount = sql.sql`sum(l.amount) AS amount`;
  return sql.sql`
    WITH mine AS MATERIALIZED (${byStore(cut, part, ground, items, isBought)}),
         market AS MATERIALIZED (${byStore(first.cut, part, ground, amount, isBought)}),
         everything AS MATERIALIZED (${byStore(second.cut, part, ground, amount, sql.empty)})
    SELECT ${shown}, count(*)::text AS stores, sum(everything.amount)::text AS commodity,
           sum(mine.items * everything.amount)::text AS item_commodity, sum(market.amount)::text AS market,
           sum(mine.read + market.read + everything.read)::text AS rows_read
    FROM mine JOIN ${joined('market', first, sql.sql`market.store = mine.store`)}
    JOIN ${joined('everything', second, sql.sql`everything.store = mine.store`)} GROUP BY 1, 2`;
}

const sum = (table: string, columns: readonly string[]): Sql =>
  sql.join(columns.map((column) => name(`coalesce(sum(${table}.${column}), 0)::text AS ${column}`)));
