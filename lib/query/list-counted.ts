import 'server-only';
import { z } from 'zod';
import type { Basket, Buyer } from '@/lib/contract/counted';
import type { BasketsSpec, ShoppersSpec } from '@/lib/contract/drill';
import { isoDate } from '@/lib/contract/query';
import { sql } from '@/lib/db/client';
import { inSnapshot, type Snapshot } from '@/lib/db/snapshot';
import { streamSnapshot, walkRows } from '@/lib/db/streamed-snapshot';
import type { Leaves } from '@/lib/metrics/compute';
import { purchase } from './compile-lines';
import type { Family } from './cut';
import type { Sql } from './fragments';
import { metaOf } from './list-lines';
import { checkPlace, readPlace, writePlace } from './place';
import { Reader } from './read';
import { csvHead, csvRows } from './stream-csv';
import { linesOf, readUnder, settle, type Settled, type Under } from './under';

// What a count is made of. Who or what has a purchase line among the lines is listed; what is told of it is of all of them.

interface Asked<Item, Row> {
  rows: Sql;
  show: (row: Row) => Item;
  settled: Settled;
  under: Under;
}

/** One more than a page holds tells whether another follows; left out, all of them, in the order of the whole. */
const first = (order: Sql, limit: number | undefined): Sql =>
  limit === undefined ? sql.empty : sql.sql`ORDER BY ${order} LIMIT ${limit + 1}`;

type Texts<Item, Name extends keyof Item> = Omit<Item, Name> & Record<Name, string>;

/** Version, amount in the minor unit, number: the largest amount first. */
const buyerPlace = z.tuple([z.int(), z.string().regex(/^-?\d{1,18}$/), z.int32()]);
type BuyerPlace = z.output<typeof buyerPlace>;

type BuyerRow = Texts<Buyer, 'trips' | 'units' | 'amount'> & { no: number };

/** The buyers among the lines, the largest first; from a place on, so many, where a page is wanted. */
async function askBuyers(
  snapshot: Snapshot,
  workspaceId: number,
  { scope, when, ...asked }: ShoppersSpec,
  after: BuyerPlace | null,
  limit?: number,
): Promise<Asked<Buyer, BuyerRow>> {
  const settled = await settle(snapshot, workspaceId, asked, ['shopper']);
  const { facts } = settled.resolved;
  checkPlace(after, facts.dataVersion);
  const under = settled.under(scope, 'shoppers', when);
  const beyond = after
    ? sql.sql`AND (-sum(l.amount), l.shopper_no) > (-(${after[1]}::numeric), ${after[2]}::int)`
    : sql.empty;
  const rows = sql.sql`
    SELECT t.no, k.code AS shopper, t.trips::text, t.units::text, t.amount::text,
           to_char(t.first, 'YYYY-MM-DD') AS first, to_char(t.last, 'YYYY-MM-DD') AS last
    FROM (SELECT l.shopper_no AS no, count(DISTINCT l.basket_id) FILTER (WHERE ${purchase}) AS trips,
                 sum(l.units) AS units, sum(l.amount) AS amount,
                 min(l.date) FILTER (WHERE ${purchase}) AS first, max(l.date) FILTER (WHERE ${purchase}) AS last
          ${linesOf(under, settled.ground)} AND l.shopper_no IS NOT NULL
          GROUP BY l.shopper_no HAVING bool_or(${purchase}) ${beyond}
          ${first(sql.sql`sum(l.amount) DESC, l.shopper_no`, limit)}) t
    JOIN shopper k ON k.workspace_id = ${workspaceId}::int AND k.no = t.no
    ORDER BY t.amount DESC, t.no`;
  const show = ({ no: _, trips, units, amount, ...row }: BuyerRow): Buyer => ({
    ...row,
    trips: facts.has.basket ? Number(trips) : null,
    units: Number(units),
    amount: Number(amount) / 10 ** facts.currencyScale,
  });
  return { rows, show, settled, under };
}

/** Version, date, number: the oldest first. */
const basketPlace = z.tuple([z.int(), isoDate, z.string().regex(/^\d{1,18}$/)]);
type BasketPlace = z.output<typeof basketPlace>;

type BasketRow = Texts<Basket, 'lines' | 'units' | 'amount'> & { id: string };

/** The baskets among the lines, the oldest first; `shoppers`: who bought is told. */
async function askBaskets(
  snapshot: Snapshot,
  workspaceId: number,
  { scope, when, only, ...asked }: BasketsSpec,
  shoppers: boolean,
  after: BasketPlace | null,
  limit?: number,
): Promise<Asked<Basket, BasketRow>> {
  const settled = await settle(snapshot, workspaceId, asked, ['basket']);
  const { facts } = settled.resolved;
  checkPlace(after, facts.dataVersion);
  const under = settled.under(scope, 'trips', when);
  const day = sql.sql`min(l.date) FILTER (WHERE ${purchase})`;
  const beyond = after ? sql.sql`AND (${day}, l.basket_id) > (${after[1]}::date, ${after[2]}::bigint)` : sql.empty;
  const rows = sql.sql`
    SELECT t.id::text, b.receipt, to_char(t.date, 'YYYY-MM-DD') AS date, s.code AS store, k.code AS shopper,
           t.lines::text, t.units::text, t.amount::text
    FROM (SELECT l.basket_id AS id, ${day} AS date, count(*) AS lines, sum(l.units) AS units, sum(l.amount) AS amount,
                 CASE WHEN min(l.store_id) = max(l.store_id) THEN min(l.store_id) END AS store,
                 CASE WHEN min(l.shopper_no) = max(l.shopper_no) THEN min(l.shopper_no) END AS shopper
          ${linesOf(under, settled.ground)} AND l.basket_id IS NOT NULL
          ${only === 'identified' ? sql.sql`AND l.shopper_no IS NOT NULL` : sql.empty}
          GROUP BY l.basket_id HAVING bool_or(${purchase}) ${beyond}
          ${first(sql.sql`2, l.basket_id`, limit)}) t
    JOIN basket b ON b.workspace_id = ${workspaceId}::int AND b.id = t.id
    LEFT JOIN store s ON s.workspace_id = ${workspaceId}::int AND s.id = t.store
    LEFT JOIN shopper k ON k.workspace_id = ${workspaceId}::int AND k.no = t.shopper
    ORDER BY t.date, t.id`;
  const show = ({ id: _, shopper, lines, units, amount, ...row }: BasketRow): Basket => ({
    ...row,
    ...(shoppers && { shopper: shopper ?? null }),
    lines: Number(lines),
    units: Number(units),
    amount: Number(amount) / 10 ** facts.currencyScale,
  });
  return { rows, show, settled, under };
}

/** A page with the count that all pages make up, from one snapshot. */
function paged<Item, Row>(
  limit: number,
  ask: (snapshot: Snapshot) => Promise<Asked<Item, Row>>,
  placeOf: (last: Row) => (string | number)[],
  family: Family,
  count: (leaves: Leaves) => number | null,
) {
  return inSnapshot(async (snapshot) => {
    const { rows, show, settled, under } = await ask(snapshot);
    const { ground, resolved } = settled;
    const found = await snapshot.$queryRaw<Row[]>(rows);
    const last = found.length > limit ? found[limit - 1] : undefined;
    const [leaves] = await readUnder(new Reader(snapshot, ground), [{ under, family }]);
    return {
      items: found.slice(0, limit).map(show),
      nextCursor: last ? writePlace([resolved.facts.dataVersion, ...placeOf(last)]) : null,
      total: leaves ? count(leaves) : null,
      range: under.range,
      meta: metaOf(resolved.facts),
    };
  });
}

interface Paging {
  limit: number;
  cursor?: string | undefined;
}

export function listShoppers(workspaceId: number, spec: ShoppersSpec, { limit, cursor }: Paging) {
  const after = readPlace(cursor, buyerPlace);
  return paged(
    limit,
    (snapshot) => askBuyers(snapshot, workspaceId, spec, after, limit),
    ({ amount, no }) => [amount, no],
    'shoppers',
    ({ shoppers }) => shoppers,
  );
}

/** `shoppers`: who bought is told. */
export function listBaskets(
  workspaceId: number,
  spec: BasketsSpec,
  { limit, cursor, shoppers }: Paging & { shoppers: boolean },
) {
  const after = readPlace(cursor, basketPlace);
  return paged(
    limit,
    (snapshot) => askBaskets(snapshot, workspaceId, spec, shoppers, after, limit),
    ({ date, id }) => [date, id],
    'trips',
    ({ trips, identifiedTrips }) => (spec.only ? identifiedTrips : trips),
  );
}

const piece = 2_000;

/** All of them, added up once, as CSV text in pieces. */
const streamed = <Item, Row>(
  columns: readonly (keyof Item & string)[],
  ask: (snapshot: Snapshot) => Promise<Asked<Item, Row>>,
): AsyncGenerator<string> =>
  streamSnapshot(async function* (snapshot) {
    const { rows, show } = await ask(snapshot);
    // Not before its first rows: until then a failure is still an answer.
    let head = csvHead(columns);
    for await (const found of walkRows<Row>(snapshot, rows, piece)) {
      yield head + csvRows(columns, found.map(show));
      head = '';
    }
    if (head) yield head;
  });

export const streamShoppers = (workspaceId: number, spec: ShoppersSpec): AsyncGenerator<string> =>
  streamed(['shopper', 'trips', 'units', 'amount', 'first', 'last'], (snapshot) =>
    askBuyers(snapshot, workspaceId, spec, null),
  );

export const streamBaskets = (workspaceId: number, spec: BasketsSpec, shoppers: boolean): AsyncGenerator<string> =>
  streamed(
    ['receipt', 'date', 'store', 'lines', 'units', 'amount', ...(shoppers ? (['shopper'] as const) : [])],
    (snapshot) => askBaskets(snapshot, workspaceId, spec, shoppers, null),
  );
