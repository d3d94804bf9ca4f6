import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { writes, type Endpoint } from '@/lib/contract/endpoint';
import { errorBody, errorCodes, type ErrorCode } from '@/lib/contract/errors';
import { registry } from '@/lib/contract/registry';

const always: ErrorCode[] = ['invalid_request', 'rate_limited', 'internal', 'unavailable', 'timed_out'];

/** The errors an endpoint may answer with, by what it takes and who may call it. */
export function errorsOf(endpoint: Endpoint): ErrorCode[] {
  const { access, params, body, file, method } = endpoint;
  const codes = new Set<ErrorCode>(always);
  if (access !== 'public') codes.add('unauthenticated');
  if (access !== 'public' && access !== 'signed-in') codes.add('not_found').add('unprocessable');
  if (access === 'analyst' || access === 'admin' || method !== 'GET') codes.add('forbidden');
  if (params) codes.add('not_found');
  if (body || file) codes.add('too_large').add('unsupported_type');
  if (method !== 'GET') codes.add('conflict');
  return (Object.keys(errorCodes) as ErrorCode[]).filter((code) => codes.has(code));
}

const bodyOf = ({ body, file }: Endpoint): ZodOpenApiOperationObject['requestBody'] => {
  if (body) return { required: true, content: { 'application/json': { schema: body } } };
  if (!file) return undefined;
  const binary = { schema: { type: 'string' as const, format: 'binary' } };
  const stated = Object.entries(file.content ?? {}).map(([type, schema]) => [type, { schema }]);
  const content = file.content ? Object.fromEntries(stated) : { 'application/octet-stream': binary };
  return { required: true, description: file.description, content };
};

const scopeOf = ({ access, keys }: Endpoint): string => {
  if (keys === 'none') return 'Not for API keys.';
  if (keys === 'loading') return 'Or a key of scope import or admin.';
  return access === 'viewer' || access === 'signed-in' ? 'Or a key of any scope.' : 'Or a key of scope admin.';
};

const onceHeader = z.string().min(1).max(200).describe('Names the write: sent again, it gets its first answer.');
const maybeOnce = z.object({ 'Idempotency-Key': onceHeader.optional() });

function operation(endpoint: Endpoint): ZodOpenApiOperationObject {
  const { id, summary, description, tag, params, query, produces, response, access } = endpoint;
  const errors = errorsOf(endpoint).map((code) => [
    String(errorCodes[code].status),
    { description: errorCodes[code].when, content: { 'application/json': { schema: errorBody } } },
  ]);
  const requestBody = bodyOf(endpoint);
  const takesKey = writes(endpoint) && endpoint.replay !== 'never';
  const needs = access === 'signed-in' ? 'Needs to be signed in.' : `Needs the role ${access} in the workspace.`;
  const role = `${needs} ${scopeOf(endpoint)}`;
  return {
    operationId: id,
    summary,
    description: [description, access === 'public' ? undefined : role].filter(Boolean).join(' '),
    tags: [tag],
    ...(access !== 'public' && { security: [{ session: [] }, ...(endpoint.keys === 'none' ? [] : [{ key: [] }])] }),
    requestParams: {
      ...(params && { path: params as z.ZodObject }),
      ...(query && { query: query as z.ZodObject }),
      ...(takesKey && { header: endpoint.replay === 'own' ? z.object({ 'Idempotency-Key': onceHeader }) : maybeOnce }),
    },
    ...(requestBody && { requestBody }),
    responses: {
      '200': { description: 'The answer.', content: { [produces ?? 'application/json']: { schema: response } } },
      ...Object.fromEntries(errors),
    },
  };
}

/** The API as OpenAPI 3.1, derived from the registry alone. */
export function openApiDocument(serverUrl: string) {
  const paths: ZodOpenApiPathsObject = {};
  for (const endpoint of registry) {
    const path = `/api${endpoint.path}`;
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Brandlens API',
      version: '1',
      description:
        'Brand analytics on your own transaction data. Every answer belongs to one workspace and one version of its data. Errors have one shape: {error: {code, message, details, requestId}}.',
    },
    servers: [{ url: serverUrl }],
    paths,
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'better-auth.session_token',
          description: 'The cookie of a sign-in.',
        },
        key: { type: 'http', scheme: 'bearer', description: 'An API key of the workspace: bl_…' },
      },
    },
  });
}
