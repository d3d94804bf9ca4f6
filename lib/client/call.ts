import type { z } from 'zod';
import type { Endpoint } from '@/lib/contract/endpoint';
import { errorBody, type ErrorCode } from '@/lib/contract/errors';
import { ApiFailure } from './failure';

export interface Input<E extends Endpoint> {
  params?: E extends Endpoint<infer P> ? z.input<P> : never;
  query?: E extends Endpoint<z.ZodType, infer Q> ? z.input<Q> : never;
  body?: E extends Endpoint<z.ZodType, z.ZodType, infer B> ? z.input<B> : never;
  /** The raw body, where the endpoint takes a file. */
  file?: Blob;
  signal?: AbortSignal;
}

export type Answer<E extends Endpoint> =
  E extends Endpoint<z.ZodType, z.ZodType, z.ZodType, infer R> ? z.output<R> : never;

const text = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** Where an endpoint is with this input: for fetches, and for links to downloads. */
export function addressOf<E extends Endpoint>(
  endpoint: E,
  { params, query }: Pick<Input<E>, 'params' | 'query'>,
): string {
  const given = (params ?? {}) as Record<string, unknown>;
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(text(given[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null) search.set(name, text(value));
  }
  return `/api${path}${search.size > 0 ? `?${search}` : ''}`;
}

export async function failureOf(response: Response): Promise<ApiFailure> {
  const requestId = response.headers.get('x-request-id');
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfter = Number.isFinite(wait) ? wait : null;
  const parsed = errorBody.safeParse(await response.json().catch(() => null));
  if (parsed.success) {
    const { code, message, details = [], requestId: told } = parsed.data.error;
    return new ApiFailure(code, message, { details, requestId: told, status: response.status, retryAfter });
  }
  const code: ErrorCode =
    response.status === 413 ? 'too_large' : response.status >= 500 ? 'unavailable' : 'invalid_request';
  return new ApiFailure(code, 'The server gave no readable answer.', {
    requestId,
    status: response.status,
    retryAfter,
  });
}

/** Calls an endpoint of the contract; the answer is what its schema says, anything else is an ApiFailure. */
export async function call<E extends Endpoint>(endpoint: E, input: Input<E> = {}): Promise<Answer<E>> {
  const { body, file, signal } = input;
  const headers = new Headers({ accept: endpoint.produces ?? 'application/json' });
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (file) headers.set('content-type', 'application/octet-stream');
  const response = await fetch(addressOf(endpoint, input), {
    method: endpoint.method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(file && { body: file }),
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiFailure('offline', 'The server cannot be reached. Check the connection.');
  });
  if (!response.ok) throw await failureOf(response);
  const answer: unknown = endpoint.produces ? await response.text() : await response.json();
  const parsed = endpoint.response.safeParse(answer);
  if (parsed.success) return parsed.data as Answer<E>;
  throw new ApiFailure('internal', 'The server’s answer is not what this page understands. Reload the page.', {
    requestId: response.headers.get('x-request-id'),
    status: 502,
  });
}
