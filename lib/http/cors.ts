import { ApiError } from '@/lib/contract/errors';

export const allowedOrigins = (list: string): string[] =>
  list
    .split(',')
    .map((origin) => origin.trim().replace(/\/$/, ''))
    .filter(Boolean);

const exposed = 'ETag, X-Request-Id, X-Cache, RateLimit, RateLimit-Policy, Retry-After, Idempotent-Replayed';

/** The headers that let a listed origin read the answer; none for any other. */
export function corsHeaders(origin: string | null, allowed: readonly string[]): Record<string, string> {
  if (!origin || !allowed.includes(origin)) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': exposed,
    vary: 'Origin',
  };
}

/** The answer to a browser that asks before it sends. */
export function preflight(origin: string | null, allowed: readonly string[]): Response {
  const headers = corsHeaders(origin, allowed);
  if (!headers['access-control-allow-origin']) return new Response(null, { status: 403, headers: { vary: 'Origin' } });
  return new Response(null, {
    status: 204,
    headers: {
      ...headers,
      'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
      'access-control-allow-headers': 'Authorization, Content-Type, If-None-Match, Idempotency-Key, X-Request-Id',
      'access-control-max-age': '600',
    },
  });
}

/** A page of another site must not write with the cookies of the one who looks at it. */
export function refuseForeignOrigin(request: Request, allowed: readonly string[]): void {
  const origin = request.headers.get('origin');
  if (request.method === 'GET' || !origin || allowed.includes(origin)) return;
  const host = request.headers.get('host') ?? new URL(request.url).host;
  if (URL.canParse(origin) && new URL(origin).host === host) return;
  throw new ApiError('forbidden', 'Requests from another site may not change anything here.');
}
