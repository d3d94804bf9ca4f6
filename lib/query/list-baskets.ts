import 'server-only';
import { z } from 'zod';
import type { Basket } from '@/lib/contract/counted';
import type { BasketsSpec } from '@/lib/contract/drill';
import { isoDate } from '@/lib/contract/query';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import { purchase } from './compile-lines';
import { first, paged, streamed, type Listed, type Paging } from './counted';
import { checkPlace, readPlace } from './place';
import { Reader } from './read';
import { linesOf, readUnder, settle } from './under';

/** Version, date, number: the oldest first. */
const basketPlace = z.tuple([z.int(), isoDate, z.string().regex(/^\d{1,18}$/)]);
type BasketPlace = z.output<typeof basketPlace>;

type Numbers = 'lines' | 'units' | 'amount';
type BasketRow = Omit<Basket, Numbers> & Record<Numbers, string> & { id: string };

/** The baskets among the lines, the oldest first; `shoppers`: who bought is told. */
async function ask(
  snapshot: Snapshot,
  workspaceId: number,
  { scope, when, only, with: beside, ...asked }: BasketsSpec,
  shoppers: boolean,
  after: BasketPlace | null,
  limit?: number,
): Promise<Listed<Basket, BasketRow>> {
  const { ground, ...settled } = await settle(snapshot, workspaceId, asked, ['basket']);
  const { facts } = ground;
  checkPlace(after, facts.dataVersion);
  const under = settled.under(scope, 'trips', when);
  const other =
    beside === undefined ? null : await settle(snapshot, workspaceId, { ...asked, member: beside }, ['basket']);
  const both = other
    ? sql.sql`AND l.basket_id IN (SELECT l.basket_id ${linesOf(other.under(scope, 'trips', when), ground)} AND ${purchase})`
    : sql.empty;
  const lines = sql.sql`${linesOf(under, ground)} ${only === 'identified' ? sql.sql`AND l.shopper_no IS NOT NULL` : sql.empty} ${both}`;
  const day = sql.sql`min(l.date) FILTER (WHERE ${purchase})`;
  const beyond = after ? sql.sql`AND (${day}, l.basket_id) > (${after[1]}::date, ${after[2]}::bigint)` : sql.empty;
  const rows = sql.sql`
    SELECT t.id::text, b.receipt, to_char(t.date, 'YYYY-MM-DD') AS date, s.code AS store, k.code AS shopper,
           t.lines::text, t.units::text, t.amount::text
    FROM (SELECT l.basket_id AS id, ${day} AS date, count(*) AS lines, sum(l.units) AS units, sum(l.amount) AS amount,
                 CASE WHEN min(l.store_id) = max(l.store_id) THEN min(l.store_id) END AS store,
                 CASE WHEN min(l.shopper_no) = max(l.shopper_no) THEN min(l.shopper_no) END AS shopper
          ${lines} AND l.basket_id IS NOT NULL
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
  const total = async () => {
    if (other) {
      const [found] = await snapshot.$queryRaw<{ baskets: number }[]>(sql.sql`
        SELECT count(DISTINCT l.basket_id)::int AS baskets ${lines} AND ${purchase}`);
      return found?.baskets ?? null;
    }
    const [leaves] = await readUnder(new Reader(snapshot, ground), [{ under, family: 'trips' }]);
    return (only ? leaves?.identifiedTrips : leaves?.trips) ?? null;
  };
  return { rows, show, placeOf: ({ date, id }) => [date, id], total, range: under.range, facts };
}

/** `shoppers`: who bought is told. */
export function listBaskets(
  workspaceId: number,
  spec: BasketsSpec,
  { limit, cursor, shoppers }: Paging & { shoppers: boolean },
) {
  const after = readPlace(cursor, basketPlace);
  return paged(limit, (snapshot) => ask(snapshot, workspaceId, spec, shoppers, after, limit));
}

export const streamBaskets = (workspaceId: number, spec: BasketsSpec, shoppers: boolean): AsyncGenerator<string> =>
  streamed(
    ['receipt', 'date', 'store', 'lines', 'units', 'amount', ...(shoppers ? (['shopper'] as const) : [])],
    (snapshot) => ask(snapshot, workspaceId, spec, shoppers, null),
  );
