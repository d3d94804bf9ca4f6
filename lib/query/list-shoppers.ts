import 'server-only';
import { z } from 'zod';
import type { Buyer } from '@/lib/contract/counted';
import type { ShoppersSpec } from '@/lib/contract/drill';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import { purchase } from './compile-lines';
import { first, paged, streamed, type Listed, type Paging } from './counted';
import type { Sql } from './fragments';
import type { Ground } from './plan';
import { checkPlace, readPlace } from './place';
import { Reader } from './read';
import { linesOf, readUnder, settle, type Under } from './under';
import { shoppersWho } from './whose';

/** Version, amount in the minor unit, number: the largest amount first. */
export const buyerPlace = z.tuple([z.int(), z.string().regex(/^-?\d{1,18}$/), z.int32()]);
export type BuyerPlace = z.output<typeof buyerPlace>;

type Numbers = 'trips' | 'units' | 'amount';
export type BuyerRow = Omit<Buyer, Numbers> & Record<Numbers, string> & { no: number };

export interface Buyers {
  after: BuyerPlace | null;
  /** Left out: all of them. */
  limit?: number | undefined;
  /** These, by their numbers, and nobody else: also who only brought back. */
  among?: Int32Array;
  /** A condition on them. */
  who?: Sql;
}

/** The buyers among the lines, the largest first. */
export function buyersOf(
  under: Under,
  ground: Ground,
  { after, limit, among, who = sql.empty }: Buyers,
): Omit<Listed<Buyer, BuyerRow>, 'total'> {
  const { facts } = ground;
  checkPlace(after, facts.dataVersion);
  const beyond = after
    ? sql.sql`AND (-sum(l.amount), l.shopper_no) > (-(${after[1]}::numeric), ${after[2]}::int)`
    : sql.empty;
  const these = among ? sql.sql`AND l.shopper_no IN (SELECT unnest(${[...among]}::int[]))` : sql.empty;
  const rows = sql.sql`
    SELECT t.no, k.code AS shopper, t.trips::text, t.units::text, t.amount::text,
           to_char(t.first, 'YYYY-MM-DD') AS first, to_char(t.last, 'YYYY-MM-DD') AS last
    FROM (SELECT l.shopper_no AS no, count(DISTINCT l.basket_id) FILTER (WHERE ${purchase}) AS trips,
                 sum(l.units) AS units, sum(l.amount) AS amount,
                 min(l.date) FILTER (WHERE ${purchase}) AS first, max(l.date) FILTER (WHERE ${purchase}) AS last
          ${linesOf(under, ground)} AND l.shopper_no IS NOT NULL ${these} ${who}
          GROUP BY l.shopper_no HAVING ${among ? sql.sql`true` : sql.sql`bool_or(${purchase})`} ${beyond}
          ${first(sql.sql`sum(l.amount) DESC, l.shopper_no`, limit)}) t
    JOIN shopper k ON k.workspace_id = ${facts.workspaceId}::int AND k.no = t.no
    ORDER BY t.amount DESC, t.no`;
  const show = ({ no: _, trips, units, amount, ...row }: BuyerRow): Buyer => ({
    ...row,
    trips: facts.has.basket ? Number(trips) : null,
    units: Number(units),
    amount: Number(amount) / 10 ** facts.currencyScale,
  });
  return { rows, show, placeOf: ({ amount, no }) => [amount, no], range: under.range, facts };
}

async function ask(
  snapshot: Snapshot,
  workspaceId: number,
  { scope, when, only, ...asked }: ShoppersSpec,
  which: Buyers,
): Promise<Listed<Buyer, BuyerRow>> {
  const settled = await settle(snapshot, workspaceId, asked, only === 'repeat' ? ['shopper', 'basket'] : ['shopper']);
  const { ground } = settled;
  const under = settled.under(scope, only === 'in_sales' ? 'sums' : 'shoppers', when);
  const total = async () => {
    const reader = new Reader(snapshot, ground);
    if (only === 'repeat' || only === 'sole') {
      const { gathering, key } = settled.gathering(reader);
      gathering.need(only === 'repeat' ? ['repeat_rate'] : ['sole_buyers']);
      await reader.run();
      const leaves = gathering.rowOf(key)[when]?.slice;
      return (only === 'repeat' ? leaves?.buying.repeatBuyers : leaves?.requirements.soleBuyers) ?? null;
    }
    const [leaves] = await readUnder(reader, [{ under, family: 'shoppers' }]);
    return leaves?.shoppers ?? null;
  };
  return { ...buyersOf(under, ground, { ...which, who: shoppersWho(only, when, settled) }), total };
}

export function listShoppers(workspaceId: number, spec: ShoppersSpec, { limit, cursor }: Paging) {
  const after = readPlace(cursor, buyerPlace);
  return paged(limit, (snapshot) => ask(snapshot, workspaceId, spec, { after, limit }));
}

export const buyerColumns = ['shopper', 'trips', 'units', 'amount', 'first', 'last'] as const;

export const streamShoppers = (workspaceId: number, spec: ShoppersSpec): AsyncGenerator<string> =>
  streamed(buyerColumns, (snapshot) => ask(snapshot, workspaceId, spec, { after: null }));
