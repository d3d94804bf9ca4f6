import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { QueryResponse, QuerySpec } from '@/lib/contract/query';
import { databaseFault } from '@/lib/db/fault';
import { inSnapshot } from '@/lib/db/snapshot';
import { answer, type QueryOptions } from './answer';

/** Answers a query from one snapshot of the database, without a cache. */
export async function runQuery(
  workspaceId: number,
  spec: QuerySpec,
  options: QueryOptions = {},
): Promise<QueryResponse> {
  try {
    return await inSnapshot((snapshot) => answer(snapshot, workspaceId, spec, options));
  } catch (error) {
    if (databaseFault(error) !== 'timed-out') throw error;
    throw new ApiError(
      'timed_out',
      'The query ran past its time limit. Take fewer dates, or filter a category or a brand.',
    );
  }
}
