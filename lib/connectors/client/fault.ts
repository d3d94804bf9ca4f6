import 'server-only';
import { errors } from 'undici';
import { ApiError } from '@/lib/contract/errors';

/** What may be gone the next time: tried again. */
export class Passing extends Error {
  constructor(
    message: string,
    /** The other side is well, and asks for patience. */
    readonly throttled = false,
    /** Milliseconds after which it wants to be asked again. */
    readonly afterMs = 0,
  ) {
    super(message);
    this.name = 'Passing';
  }
}

/** Where a request goes, without what may be secret in it. */
export const placeOf = (url: URL): string => `${url.origin}${url.pathname}`;

const sentences: Record<string, string> = {
  UND_ERR_CONNECT_TIMEOUT: 'does not accept a connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'does not answer in time',
  UND_ERR_BODY_TIMEOUT: 'stopped in the middle of its answer',
  UND_ERR_SOCKET: 'cut the connection',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'sent another length than it announced',
  ECONNRESET: 'cut the connection',
  EPIPE: 'cut the connection',
  ECONNREFUSED: 'refuses connections',
  ETIMEDOUT: 'does not answer in time',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'cannot be reached',
  EAI_AGAIN: 'has a name that cannot be looked up at the moment',
};

const lasting: Record<string, string> = {
  ENOTFOUND: 'has a name that nobody knows',
  UND_ERR_HEADERS_OVERFLOW: 'answers with headers that are too long',
  UND_ERR_INVALID_ARG: 'cannot be asked like this',
};

/** The error of a request as one that passes, or as a sentence that ends the run. */
export function faultOf(error: unknown, url: URL): Error {
  if (error instanceof Passing || error instanceof ApiError) return error;
  const found = causes(error);
  const ours = found.find((cause) => cause instanceof ApiError);
  if (ours) return ours;
  const codes = found.map((cause) => String((cause as { code?: unknown }).code ?? ''));
  const host = url.host;
  if (found.some((cause) => cause instanceof errors.HTTPParserError))
    return new Passing(`${host} answers something that is not HTTP.`);
  for (const code of codes) {
    if (sentences[code]) return new Passing(`${host} ${sentences[code]}.`);
    if (lasting[code]) return new ApiError('unprocessable', `${host} ${lasting[code]}.`);
    if (/CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL/.test(code))
      return new ApiError('unprocessable', `${host} has a certificate that cannot be trusted (${code}).`);
  }
  if (codes.some((code) => code.startsWith('UND_ERR'))) return new Passing(`${host} breaks off the exchange.`);
  return error instanceof Error ? error : new Error(String(error));
}

function causes(error: unknown): unknown[] {
  const found: unknown[] = [];
  for (let at = error; typeof at === 'object' && at !== null && found.length < 10; at = (at as Error).cause) {
    found.push(at);
    if (at instanceof AggregateError) found.push(...at.errors);
  }
  return found;
}

/** The milliseconds of a Retry-After: seconds, or a date. */
export function retryAfter(value: string | undefined): number {
  if (!value) return 0;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}

const refusals: Record<number, string> = {
  401: 'wants other credentials',
  402: 'wants to be paid first',
  403: 'does not let these credentials in',
  404: 'has nothing there',
  410: 'has nothing there any more',
};

/** What an answer that is none says, as an error; null for one that can be read. */
export function refusalOf(status: number, after: string | undefined, url: URL): Error | null {
  if (status < 400) return null;
  if (status === 429) return new Passing(`${url.host} asks for fewer requests (429).`, true, retryAfter(after));
  // 416: what lies here is not the beginning of what is there now.
  if (status === 408 || status === 416 || status === 425 || status >= 500)
    return new Passing(`${url.host} fails with ${status}.`, false, retryAfter(after));
  return new ApiError('unprocessable', `${placeOf(url)} ${refusals[status] ?? 'refuses the request'} (${status}).`);
}
