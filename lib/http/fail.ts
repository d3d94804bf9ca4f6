import 'server-only';
import { errorCodes } from '@/lib/contract/errors';
import { logger } from '@/lib/observability/logger';
import { report } from '@/lib/observability/report';
import { errorResponse, toApiError } from './error-response';

/** The answer to a request that failed; what is our fault is reported under its request id. */
export async function fail(error: unknown, about: { requestId: string; path: string }): Promise<Response> {
  const told = toApiError(error);
  if (told.code === 'internal') await report(error, about);
  else if (errorCodes[told.code].status >= 500) logger.warn({ ...about, err: error }, told.message);
  return errorResponse(told, about.requestId);
}
