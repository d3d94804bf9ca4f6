import type { Rows } from '@/lib/columns/column-store';
import { lineSums, stored, sumsOfSums, type TripCount } from './gather';
import { type ProductLevel, type SalesLevel, sumColumns, tripColumns } from './levels';

// From the gathered month to the stored rows. Table and column names come from levels.ts.

/** The month being written, and which of its days changed. */
export interface Touched {
  workspaceId: number;
  month: string;
  days: string[];
}

/** Those of the month's days that changed. */
export const touchedDays = ({ days }: Touched): string => `date IN (${days.map((day) => `'${day}'`).join(', ')})`;

const columns = [...sumColumns, ...tripColumns];

export function salesRows(level: SalesLevel, count: TripCount, touched: Touched): Rows {
  const daily = level.grain === 'day';
  const keys = [...(daily ? ['date'] : []), ...(level.place ? ['region_id', 'channel_id'] : [])];
  const stands = `c.member_kind IN (${level.members.join(', ')}) AND NOT c.own`;
  const inSets = `set_id IN (SELECT c.set_id FROM rollup_cell c WHERE ${stands})`;
  const bySet = ['set_id', ...keys].join(', ');
  const byPair = ['pair_id', ...keys].join(', ');
  const target = [
    'category_id',
    'member_kind',
    'member_id',
    level.time,
    ...(level.place ? ['region_id', 'channel_id'] : []),
  ];
  return {
    target: `${level.table} (workspace_id, ${[...target, ...columns].join(', ')})`,
    textless: true,
    query: `
     WITH base AS MATERIALIZED (
       SELECT ${byPair}, ${daily && level.place ? sumColumns.join(', ') : sumsOfSums}
       FROM rollup_sum ${daily ? `WHERE ${touchedDays(touched)}` : ''} ${daily && level.place ? '' : `GROUP BY ${byPair}`}
     ), sums AS (
       SELECT ${bySet}, ${sumsOfSums}
       FROM base JOIN rollup_part USING (pair_id)
       WHERE ${inSets}
       GROUP BY ${bySet}
     ), baskets AS (
       SELECT ${bySet}, ${count.trips} AS trips, ${count.identified} AS identified_trips
       FROM rollup_trip WHERE ${inSets} ${daily ? `AND ${touchedDays(touched)}` : ''} GROUP BY ${bySet}
     )
     SELECT ${touched.workspaceId}, c.category_id, c.member_kind, c.member_id, ${daily ? 's.date' : `'${touched.month}'`},
            ${level.place ? 's.region_id, s.channel_id,' : ''}
            ${stored('s')}, coalesce(t.trips, 0), coalesce(t.identified_trips, 0)
     FROM sums s
     LEFT JOIN baskets t USING (${bySet})
     JOIN rollup_cell c ON c.set_id = s.set_id AND ${stands}
     ORDER BY 2, 3, 4, 5 ${level.place ? ', 6, 7' : ''}`,
  };
}

export function productRows(level: ProductLevel, touched: Touched): Rows {
  const daily = level.grain === 'day';
  return {
    target: `${level.table} (workspace_id, product_id, ${level.time}, ${columns.join(', ')})`,
    textless: true,
    query: `
     SELECT ${touched.workspaceId}, product_id, day, ${stored('s')}, trips, identified_trips
     FROM (SELECT product_id, ${daily ? 'date' : `'${touched.month}'`} AS day, ${lineSums},
                  count(DISTINCT basket_id) FILTER (purchase) AS trips,
                  count(DISTINCT basket_id) FILTER (purchase AND shopper_no IS NOT NULL) AS identified_trips
           FROM rollup_line ${daily ? `WHERE ${touchedDays(touched)}` : ''}
           GROUP BY 1, 2) s
     ORDER BY product_id, day`,
  };
}
