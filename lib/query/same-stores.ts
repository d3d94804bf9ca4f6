import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { QuerySpec } from '@/lib/contract/query';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import { addDays, lengthOf, type Range } from '@/lib/metrics/periods';
import type { Facts } from './facts';

// A constant set of stores, so that openings and closings don't show as growth.

const WEEK = 7;

/** Stretches of seven days from the first day on; days left over at the end belong to the last. */
export function stretches({ from, to }: Range): Range[] {
  const weeks = Math.max(1, Math.floor(lengthOf({ from, to }) / WEEK));
  return Array.from({ length: weeks }, (_, week) => ({
    from: addDays(from, week * WEEK),
    to: week === weeks - 1 ? to : addDays(from, week * WEEK + WEEK - 1),
  }));
}

/** The stores that sold throughout, and out of how many that ever did. */
export interface SameStores {
  stores: number[];
  of: number;
}

interface Asked {
  spec: Pick<QuerySpec, 'sameStores'>;
  facts: Facts;
  range: Range;
  before: Range | null;
  toDate: string | null;
}

/** Stores with a purchase in every stretch of both ranges in which any store had one; null where all stores are asked about. */
export async function readSameStores(snapshot: Snapshot, asked: Asked): Promise<SameStores | null> {
  const { spec, facts, range, before, toDate } = asked;
  if (!spec.sameStores) return null;
  const other = spec.sameStores === true ? before : spec.sameStores;
  if (!other) {
    const message = 'true needs a comparison; without one, give the dates {from, to} to sell throughout as well';
    throw new ApiError('invalid_request', 'The query’s sameStores is wrong.', [{ field: 'sameStores', message }]);
  }
  if (!facts.has.store)
    throw new ApiError('unprocessable', 'No line names a store, so that none can be kept the same.');
  const spans = [...stretches({ from: range.from, to: toDate ?? range.to }), ...stretches(other)];
  const workspace = sql.sql`${facts.workspaceId}::int`;
  const rows = await snapshot.$queryRaw<{ id: number; same: boolean }[]>(sql.sql`
    WITH stretch AS MATERIALIZED (
      SELECT * FROM unnest(${spans.map(({ from }) => from)}::date[], ${spans.map(({ to }) => to)}::date[]) AS s(first, last)
      WHERE EXISTS (SELECT 1 FROM sale_line l WHERE l.workspace_id = ${workspace} AND l.date BETWEEN s.first AND s.last
                    AND l.store_id IS NOT NULL AND NOT l.is_return AND l.units > 0))
    SELECT id, NOT EXISTS (
      SELECT 1 FROM stretch WHERE NOT EXISTS (
        SELECT 1 FROM sale_line l WHERE l.workspace_id = ${workspace} AND l.store_id = store.id
          AND l.date BETWEEN stretch.first AND stretch.last AND NOT l.is_return AND l.units > 0)) AS same
    FROM store WHERE workspace_id = ${workspace} ORDER BY id`);
  const stores = rows.filter(({ same }) => same).map(({ id }) => id);
  if (stores.length > 0) return { stores, of: rows.length };
  throw new ApiError(
    'unprocessable',
    `None of the ${rows.length.toLocaleString('en')} stores sold in every week of both periods.`,
    [{ field: 'sameStores', message: 'leave it out, or take shorter periods' }],
  );
}

/** Those of the stores asked about that stay the same. */
export const keepSame = (asked: readonly number[] | null, same: SameStores | null): number[] | null => {
  if (!same) return asked && [...asked];
  return asked ? same.stores.filter((id) => asked.includes(id)) : same.stores;
};
