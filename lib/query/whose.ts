import 'server-only';
import type { LinesSpec, ShoppersSpec } from '@/lib/contract/drill';
import { sql } from '@/lib/db/client';
import { purchase } from './compile-lines';
import type { Sql } from './fragments';
import type { Ground } from './plan';
import { linesOf, type Settled, type Under } from './under';

// Of the lines under a number those of shoppers, or of stores, that are found by other lines: who bought the slice, and what of
// its market they did.

type When = LinesSpec['when'];

const who = (column: 'shopper_no' | 'store_id', under: Under, ground: Ground): Sql => {
  const id = sql.raw(`l.${column}`);
  return sql.sql`AND ${id} IN (SELECT ${id} ${linesOf(under, ground)} AND ${id} IS NOT NULL AND ${purchase})`;
};

/** The condition that lines of `scope` are of those meant. */
export function linesOfWhom({ of, scope, when }: LinesSpec, { under, ground }: Settled): Sql {
  switch (of) {
    case undefined:
      return sql.empty;
    case 'buyers':
      return who('shopper_no', under(scope, 'sums', when), ground);
    case 'slice_buyers':
      return who('shopper_no', under('slice', 'sums', when), ground);
    case 'stores':
      return who('store_id', under(scope, 'stores', when), ground);
    // A market that is chosen need not hold the slice: stores count where they sell both.
    case 'slice_stores':
      return sql.sql`${who('store_id', under('slice', 'stores', when), ground)}
        ${who('store_id', under('market', 'stores', when), ground)}`;
  }
}

/** The condition that shoppers bought on two trips or more, or nothing else of the market. */
export function shoppersWho(only: ShoppersSpec['only'], when: When, { under, ground }: Settled): Sql {
  if (only !== 'repeat' && only !== 'sole') return sql.empty;
  const bought = (scope: 'slice' | 'market', columns: Sql): Sql =>
    sql.sql`SELECT l.shopper_no AS who, ${columns} ${linesOf(under(scope, 'sums', when), ground)}
      AND l.shopper_no IS NOT NULL AND ${purchase} GROUP BY 1`;
  if (only === 'repeat') {
    return sql.sql`AND l.shopper_no IN (
      SELECT who FROM (${bought('slice', sql.sql`count(DISTINCT l.basket_id) AS trips`)}) b WHERE trips > 1)`;
  }
  const purchases = sql.sql`count(*) AS purchases`;
  return sql.sql`AND l.shopper_no IN (
    SELECT own.who FROM (${bought('slice', purchases)}) own JOIN (${bought('market', purchases)}) whole USING (who, purchases))`;
}
