import { ApiError } from '@/lib/contract/errors';
import { errorResponse } from '@/lib/http/error-response';
import { requestIdOf } from '@/lib/http/request-id';

const absent = (request: Request): Response =>
  errorResponse(
    new ApiError('not_found', 'There is no such endpoint. /api/openapi.json lists them.'),
    requestIdOf(request.headers),
  );

export { absent as DELETE, absent as GET, absent as PATCH, absent as POST, absent as PUT };
