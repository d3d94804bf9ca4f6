import 'server-only';
import { z } from 'zod';
import type { Basket, Buyer } from '@/lib/contract/counted';
import type { BasketsSpec, ShoppersSpec } from '@/lib/contract/drill';
import { isoDate } from '@/lib/contract/query';
import { sql } from '@/lib/db/client';
import { inSnapshot, type Snapshot } from '@/lib/db/snapshot';
import type { Leaves } from '@/lib/metrics/compute';
import { purchase } from './compile-lines';
import type { Family } from './cut';
import { metaOf } from './list-lines';
import { checkPlace, readPlace, writePlace } from './place';
import { Reader } from './read';
import { streamCsv } from './stream-csv';
import { linesOf, readUnder, settle, type Settled, type Under } from './under';

// What a count is made of. Who or what has a purchase line among the lines is listed; what is told of it is of all of them.

interface Page<Item, Place> {
  items: Item[];
  next: Place | null;
  settled: Settled;
  under: Under;
}

type Texts<Item, Name extends keyof Item> = Omit<Item, Name> & Record<Name, string>;

/** Version, amount in the minor unit, number: the largest amount first. */
const buyerPlace = z.tuple([z.int(), z.string().regex(/^-?\d{1,18}$/), z.int32()]);
type BuyerPlace = z.output<typeof buyerPlace>;

async function readBuyers(
  snapshot: Snapshot,
  workspaceId: number,
  { scope, when, ...asked }: ShoppersSpec,
  after: BuyerPlace | null,
  limit: number,
): Promise<Page<Buyer, BuyerPlace>> {
  const settled = await settle(snapshot, workspaceId, asked, ['shopper']);
  const { facts } = settled.resolved;
  checkPlace(after, facts.dataVersion);
  const under = settled.under(scope, 'shoppers', when);
  const beyond = after
    ? sql.sql`AND (-sum(l.amount), l.shopper_no) > (-(${after[1]}::numeric), ${after[2]}::int)`
    : sql.empty;
  const rows = await snapshot.$queryRaw<(Texts<Buyer, 'trips' | 'units' | 'amount'> & { no: number })[]>(sql.sql`
    SELECT t.no, k.code AS shopper, t.trips::text, t.units::text, t.amount::text,
           to_char(t.first, 'YYYY-MM-DD') AS first, to_char(t.last, 'YYYY-MM-DD') AS last
    FROM (SELECT l.shopper_no AS no, count(DISTINCT l.basket_id) FILTER (WHERE ${purchase}) AS trips,
                 sum(l.units) AS units, sum(l.amount) AS amount,
                 min(l.date) FILTER (WHERE ${purchase}) AS first, max(l.date) FILTER (WHERE ${purchase}) AS last
          ${linesOf(under, settled.ground)} AND l.shopper_no IS NOT NULL
          GROUP BY l.shopper_no HAVING bool_or(${purchase}) ${beyond}
          ORDER BY sum(l.amount) DESC, l.shopper_no LIMIT ${limit + 1}) t
    JOIN shopper k ON k.workspace_id = ${workspaceId}::int AND k.no = t.no
    ORDER BY t.amount DESC, t.no`);
  const items = rows.slice(0, limit).map(({ no: _, trips, units, amount, ...row }): Buyer => ({
    ...row,
    trips: facts.has.basket ? Number(trips) : null,
    units: Number(units),
    amount: Number(amount) / 10 ** facts.currencyScale,
  }));
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items, next: last ? [facts.dataVersion, last.amount, last.no] : null, settled, under };
}

/** Version, date, number: the oldest first. */
const basketPlace = z.tuple([z.int(), isoDate, z.string().regex(/^\d{1,18}$/)]);
type BasketPlace = z.output<typeof basketPlace>;

async function readBaskets(
  snapshot: Snapshot,
  workspaceId: number,
  { scope, when, only, ...asked }: BasketsSpec,
  after: BasketPlace | null,
  limit: number,
  shoppers: boolean,
): Promise<Page<Basket, BasketPlace>> {
  const settled = await settle(snapshot, workspaceId, asked, ['basket']);
  const { facts } = settled.resolved;
  checkPlace(after, facts.dataVersion);
  const under = settled.under(scope, 'trips', when);
  const first = sql.sql`min(l.date) FILTER (WHERE ${purchase})`;
  const beyond = after ? sql.sql`AND (${first}, l.basket_id) > (${after[1]}::date, ${after[2]}::bigint)` : sql.empty;
  const rows = await snapshot.$queryRaw<(Texts<Basket, 'lines' | 'units' | 'amount'> & { id: string })[]>(sql.sql`
    SELECT t.id::text, b.receipt, to_char(t.date, 'YYYY-MM-DD') AS date, s.code AS store, k.code AS shopper,
           t.lines::text, t.units::text, t.amount::text
    FROM (SELECT l.basket_id AS id, ${first} AS date, count(*) AS lines, sum(l.units) AS units, sum(l.amount) AS amount,
                 CASE WHEN min(l.store_id) = max(l.store_id) THEN min(l.store_id) END AS store,
                 CASE WHEN min(l.shopper_no) = max(l.shopper_no) THEN min(l.shopper_no) END AS shopper
          ${linesOf(under, settled.ground)} AND l.basket_id IS NOT NULL
          ${only === 'identified' ? sql.sql`AND l.shopper_no IS NOT NULL` : sql.empty}
          GROUP BY l.basket_id HAVING bool_or(${purchase}) ${beyond}
          ORDER BY 2, l.basket_id LIMIT ${limit + 1}) t
    JOIN basket b ON b.workspace_id = ${workspaceId}::int AND b.id = t.id
    LEFT JOIN store s ON s.workspace_id = ${workspaceId}::int AND s.id = t.store
    LEFT JOIN shopper k ON k.workspace_id = ${workspaceId}::int AND k.no = t.shopper
    ORDER BY t.date, t.id`);
  const items = rows.slice(0, limit).map(({ id: _, shopper, lines, units, amount, ...row }): Basket => ({
    ...row,
    ...(shoppers && { shopper: shopper ?? null }),
    lines: Number(lines),
    units: Number(units),
    amount: Number(amount) / 10 ** facts.currencyScale,
  }));
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items, next: last ? [facts.dataVersion, last.date, last.id] : null, settled, under };
}

/** A page with the count that all pages make up, from one snapshot. */
function paged<Item, Place extends readonly [number, ...(number | string)[]]>(
  read: (snapshot: Snapshot) => Promise<Page<Item, Place>>,
  family: Family,
  count: (leaves: Leaves) => number | null,
) {
  return inSnapshot(async (snapshot) => {
    const { items, next, settled, under } = await read(snapshot);
    const [leaves] = await readUnder(new Reader(snapshot, settled.ground), [{ under, family }]);
    return {
      items,
      nextCursor: next && writePlace(next),
      total: leaves ? count(leaves) : null,
      range: under.range,
      meta: metaOf(settled.resolved.facts),
    };
  });
}

interface Paging {
  limit: number;
  cursor?: string | undefined;
}

export function listShoppers(workspaceId: number, spec: ShoppersSpec, { limit, cursor }: Paging) {
  const after = readPlace(cursor, buyerPlace);
  const read = (snapshot: Snapshot) => readBuyers(snapshot, workspaceId, spec, after, limit);
  return paged(read, 'shoppers', ({ shoppers }) => shoppers);
}

/** `shoppers`: who bought is told. */
export function listBaskets(
  workspaceId: number,
  spec: BasketsSpec,
  { limit, cursor, shoppers }: Paging & { shoppers: boolean },
) {
  const after = readPlace(cursor, basketPlace);
  const read = (snapshot: Snapshot) => readBaskets(snapshot, workspaceId, spec, after, limit, shoppers);
  return paged(read, 'trips', ({ trips, identifiedTrips }) => (spec.only ? identifiedTrips : trips));
}

/** Every piece adds the lines up anew: large ones. */
const piece = 20_000;

export const streamShoppers = (workspaceId: number, spec: ShoppersSpec): AsyncGenerator<string> =>
  streamCsv(['shopper', 'trips', 'units', 'amount', 'first', 'last'], (after: BuyerPlace | null) =>
    inSnapshot((snapshot) => readBuyers(snapshot, workspaceId, spec, after, piece)),
  );

export const streamBaskets = (workspaceId: number, spec: BasketsSpec, shoppers: boolean): AsyncGenerator<string> =>
  streamCsv(
    ['receipt', 'date', 'store', 'lines', 'units', 'amount', ...(shoppers ? (['shopper'] as const) : [])],
    (after: BasketPlace | null) =>
      inSnapshot((snapshot) => readBaskets(snapshot, workspaceId, spec, after, piece, shoppers)),
  );
