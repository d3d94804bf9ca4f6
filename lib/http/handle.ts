import 'server-only';
import { setTimeout as wait } from 'node:timers/promises';
import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/record';
import type { User } from '@/lib/access/session';
import type { Membership } from '@/lib/access/workspace';
import type { Endpoint } from '@/lib/contract/endpoint';
import type { KeyScope } from '@/lib/contract/keys';
import { databaseFault } from '@/lib/db/fault';
import { loadPool } from '@/lib/db/pool';
import { env } from '@/lib/env';
import { logger } from '@/lib/observability/logger';
import { observe } from '@/lib/observability/metrics';
import { admit, type Trace } from './admit';
import { Answered } from './answered';
import { readJson } from './body';
import { checkResponse } from './check-response';
import { allowedOrigins, corsHeaders, preflight, refuseForeignOrigin } from './cors';
import { etagOf, matches } from './etag';
import { fail } from './fail';
import { limit } from './limit';
import { once, onceKey } from './once';
import { parse, searchObject } from './parse';
import { limitedByHandler, withoutMiddleware } from './policies';
import { requestIdHeader, requestIdOf } from './request-id';

type Shape = z.ZodType;

export interface Call<P extends Shape, Q extends Shape, B extends Shape> {
  params: z.output<P>;
  query: z.output<Q>;
  body: z.output<B>;
  user: User;
  workspace: Membership;
  scope: KeyScope | null;
  request: Request;
  requestId: string;
  signal: AbortSignal;
}

interface RouteContext {
  params: Promise<Record<string, string | string[] | undefined>>;
}

type Run<P extends Shape, Q extends Shape, B extends Shape, R extends Shape> = (
  call: Call<P, Q, B>,
) => Promise<z.output<R> | Answered<z.output<R>> | Response>;

const origins = allowedOrigins(env.CORS_ORIGINS);

/** For the routes that the middleware does not see. */
export const OPTIONS = (request: Request): Response => preflight(request.headers.get('origin'), origins);

/** A transaction that lost a race was rolled back whole: it may run again. */
async function settled<T>(run: () => Promise<T>, tries: number): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= tries || databaseFault(error) !== 'serialization') throw error;
      await wait(20 * attempt + Math.random() * 30);
    }
  }
}

function respond(endpoint: Endpoint, request: Request, result: unknown, workspaceId: number, trace: Trace): Response {
  if (result instanceof Response) return result;
  const answered = result instanceof Answered ? result : null;
  const data: unknown = answered ? answered.data : result;
  checkResponse(endpoint, data);
  const headers = new Headers({ 'cache-control': 'no-store' });
  if (answered) {
    trace.cache = answered.cache.state;
    headers.set('x-cache', [answered.cache.state, answered.cache.reason].filter(Boolean).join('; '));
    headers.set('age', String(answered.cache.ageSeconds));
  }
  if (answered && request.method === 'GET') {
    const { pathname, searchParams } = new URL(request.url);
    const query = [...searchParams].sort(([a], [b]) => (a < b ? -1 : 1));
    const etag = etagOf(env.RELEASE, workspaceId, pathname, query, answered.dataVersion, answered.cache.reason);
    headers.set('cache-control', 'private, no-cache');
    headers.set('vary', 'cookie, authorization');
    headers.set('etag', etag);
    if (matches(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers });
  }
  return Response.json(data, { headers });
}

/** A route handler for an endpoint: parse, admit, run, answer; every error by the table of the contract. */
export function handle<P extends Shape, Q extends Shape, B extends Shape, R extends Shape>(
  endpoint: Endpoint<P, Q, B, R>,
  run: Run<P, Q, B, R>,
): (request: Request, context: RouteContext) => Promise<Response> {
  const path = `/api${endpoint.path}`;
  return async (request, context) => {
    const started = performance.now();
    const requestId = requestIdOf(request.headers);
    const trace: Trace = {};
    let response: Response;
    let cookies: string[] = [];
    let edge: Record<string, string> = {};
    try {
      refuseForeignOrigin(request, origins);
      const { pathname, searchParams: search } = new URL(request.url);
      if (withoutMiddleware.includes(endpoint.path)) edge = corsHeaders(request.headers.get('origin'), origins);
      if (limitedByHandler(pathname, request.headers)) {
        const limited = await limit(request);
        edge = { ...edge, ...limited.headers };
        if (limited.error) throw limited.error;
      }
      const slug = search.get('workspace') ?? undefined;
      const admitted = await admit(endpoint, request, slug, trace);
      cookies = admitted.cookies;
      const query = await parse(endpoint.query, searchObject(search), 'query');
      const params = await parse(endpoint.params, (await context.params) ?? {}, 'path');
      const body = endpoint.body ? await parse(endpoint.body, await readJson(request), 'body') : undefined;
      const call = { ...admitted, query, params, body, request, requestId, signal: request.signal };
      const work = () => settled(() => run(call as Call<P, Q, B>), endpoint.file ? 1 : 3);
      const key = onceKey(endpoint, request.headers);
      let result: unknown;
      if (key === null) result = await work();
      else {
        const { workspace, user } = admitted;
        const who = { workspaceId: workspace.id || null, caller: user.id, endpoint: endpoint.id };
        const { data, again } = await once({ ...who, key, asked: [params, query, body] }, work);
        if (again) edge = { ...edge, 'idempotent-replayed': 'true' };
        result = data;
      }
      if (endpoint.produces) {
        // What leaves as a file is nobody's to take back.
        const { user, workspace } = admitted;
        const who = { workspaceId: workspace.id, userId: user.id };
        const detail = query as Record<string, unknown>;
        await recordAudit(loadPool, { ...who, action: 'export', subject: endpoint.id, detail });
      }
      response = respond(endpoint, request, result, admitted.workspace.id, trace);
    } catch (error) {
      response = await fail(error, { requestId, path });
    }
    response.headers.set(requestIdHeader, requestId);
    for (const [name, value] of Object.entries(edge)) response.headers.set(name, value);
    for (const cookie of cookies) response.headers.append('set-cookie', cookie);
    const ms = Math.round((performance.now() - started) * 10) / 10;
    observe(endpoint.method, path, response.status, ms);
    logger.info({ requestId, method: endpoint.method, path, status: response.status, ms, ...trace }, 'request');
    return response;
  };
}
