import 'server-only';
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { ApiError } from '@/lib/contract/errors';
import { env } from '@/lib/env';
import { checkLength } from './body';

/** The file in the body of a request, as it flows in. What says itself that it is too large is not read at all. */
export function uploadOf(request: Request): Readable {
  if (/^multipart\//i.test(request.headers.get('content-type') ?? '')) {
    throw new ApiError('unsupported_type', 'Send the file itself as the body, not a form.');
  }
  checkLength(request, env.MAX_UPLOAD_BYTES);
  if (!request.body) throw new ApiError('invalid_request', 'The file is missing: send it as the body.');
  return Readable.fromWeb(request.body as WebStream<Uint8Array>);
}
