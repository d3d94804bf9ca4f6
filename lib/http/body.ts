import { ApiError } from '@/lib/contract/errors';

export const jsonLimit = 1_000_000;

const tooLarge = (limit: number) =>
  new ApiError('too_large', `The body is over the limit of ${limit.toLocaleString('en')} bytes.`);

/** Refuses a body by what it says of itself, before a byte of it is read. */
export function checkLength(request: Request, limit: number): void {
  const length = Number(request.headers.get('content-length') ?? 0);
  if (length > limit) throw tooLarge(limit);
}

export async function readText(body: ReadableStream<Uint8Array>, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
}

/** The JSON body of a request. */
export async function readJson(request: Request, limit = jsonLimit): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== 'application/json') {
    throw new ApiError('unsupported_type', 'The body must be JSON, with content-type: application/json.');
  }
  checkLength(request, limit);
  if (!request.body) throw new ApiError('invalid_request', 'The body is missing.');
  try {
    return JSON.parse(await readText(request.body, limit)) as unknown;
  } catch (error) {
    if (error instanceof ApiError) throw error;
    const reason = error instanceof SyntaxError ? error.message : 'it is not UTF-8';
    throw new ApiError('invalid_request', 'The body is not valid JSON.', [{ field: 'body', message: reason }]);
  }
}
