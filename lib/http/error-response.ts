import { ApiError, errorCodes, type ErrorBody } from '@/lib/contract/errors';
import { databaseFault, isDiskFull } from '@/lib/db/fault';
import { requestIdHeader } from './request-id';

const defaultRetryAfter = 5;

/** What a caller is told of an error: itself where it has an answer in the table, else one fixed sentence. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (isDiskFull(error))
    return new ApiError('unavailable', 'A disk of the server is full. Nothing was kept; try again later.');
  switch (databaseFault(error)) {
    case 'unavailable':
      return new ApiError('unavailable', 'The database cannot be reached right now.', undefined, defaultRetryAfter);
    case 'timed-out':
      return new ApiError('timed_out', 'The query ran past its time limit. Narrow the dates or the filters.');
    case 'serialization':
      return new ApiError('unavailable', 'The data is being changed right now.', undefined, 1);
    case null:
      return new ApiError('internal', 'Something went wrong on our side. It has been reported.');
  }
}

export function errorResponse(error: ApiError, requestId: string): Response {
  const { status } = errorCodes[error.code];
  const body: ErrorBody = {
    error: {
      code: error.code,
      message: error.message,
      ...(error.details?.length && { details: error.details }),
      requestId,
    },
  };
  const headers = new Headers({ 'cache-control': 'no-store', [requestIdHeader]: requestId });
  if (error.code === 'unavailable' || error.code === 'rate_limited') {
    headers.set('retry-after', String(error.retryAfterSeconds ?? defaultRetryAfter));
  }
  return Response.json(body, { status, headers });
}
