import { randomBytes } from 'node:crypto';
import { NextResponse, type NextRequest } from 'next/server';
import { env } from '@/lib/env';
import { allowedOrigins, corsHeaders, preflight } from './cors';
import { errorResponse } from './error-response';
import { limit, type Limited } from './limit';
import { limitedByHandler } from './policies';
import { requestIdHeader, requestIdOf } from './request-id';
import { pageHeader } from './page-header';
import { pagePolicy, transportHeader } from './security-headers';

const origins = allowedOrigins(env.CORS_ORIGINS);

const transport: Record<string, string> = env.APP_URL.startsWith('https:')
  ? { 'strict-transport-security': transportHeader }
  : {};

const unlimited: Limited = { error: null, headers: {} };

const addTo = (response: Response, headers: Record<string, string>): Response => {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
};

/** What a person sees who reloads a page too often. */
const pageRefusal = ({ error, headers }: Limited): Response =>
  new Response(error?.message, {
    status: 429,
    headers: { ...headers, 'retry-after': String(error?.retryAfterSeconds ?? 60), 'content-type': 'text/plain' },
  });

/** What requests pass before their handler or page: the limit, the request id, CORS, a page's content policy. */
export async function guard(request: NextRequest): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  const api = request.nextUrl.pathname.startsWith('/api/');
  const origin = request.headers.get('origin');
  if (api && request.method === 'OPTIONS') return preflight(origin, origins);
  const limited = limitedByHandler(request.nextUrl.pathname, request.headers) ? unlimited : await limit(request);
  const cors = api ? corsHeaders(origin, origins) : {};
  if (limited.error) {
    return api ? addTo(errorResponse(limited.error, requestId), { ...limited.headers, ...cors }) : pageRefusal(limited);
  }
  const headers = new Headers(request.headers);
  headers.set(requestIdHeader, requestId);
  if (api) {
    return addTo(NextResponse.next({ request: { headers } }), { ...transport, ...limited.headers, ...cors });
  }
  const nonce = randomBytes(16).toString('base64');
  const development = env.NODE_ENV === 'development';
  const policy = pagePolicy({ nonce, development, reportTo: env.NEXT_PUBLIC_SENTRY_DSN });
  headers.set('x-nonce', nonce);
  headers.set(pageHeader, request.nextUrl.pathname + request.nextUrl.search);
  headers.set('content-security-policy', policy);
  return addTo(NextResponse.next({ request: { headers } }), {
    ...transport,
    [requestIdHeader]: requestId,
    'content-security-policy': policy,
  });
}
