import { z } from 'zod';

export type Role = 'viewer' | 'analyst' | 'admin';

/** Who may call: nobody in particular, somebody signed in, or a member of the workspace with at least this role. */
export type Access = 'public' | 'signed-in' | Role;

type Shape = z.ZodType;

/** One HTTP endpoint, read by the server's handler, the browser's client and the OpenAPI document. */
export interface Endpoint<
  P extends Shape = Shape,
  Q extends Shape = Shape,
  B extends Shape = Shape,
  R extends Shape = Shape,
> {
  /** Unique, used as OpenAPI's operationId and as react-query key. */
  id: string;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Under /api, path parameters in braces: "/v1/brands/{id}". */
  path: string;
  summary: string;
  description?: string;
  tag: string;
  access: Access;
  /** What a key may here beyond its role: keys that load may, or none may. */
  keys?: 'loading' | 'none';
  /** What an Idempotency-Key does with a write: the first answer is given again; or not here; or the handler sees to it. */
  replay?: 'never' | 'own';
  params?: P;
  query?: Q;
  body?: B;
  /** What a multipart or octet-stream body holds, where the body is a file. */
  file?: { description: string; content?: Record<string, Shape> };
  response: R;
  /** Answered with this content type instead of JSON (an export, say). */
  produces?: string;
}

export function endpoint<P extends Shape, Q extends Shape, B extends Shape, R extends Shape>(
  definition: Endpoint<P, Q, B, R>,
): Endpoint<P, Q, B, R> {
  return definition;
}

/** Whether an endpoint changes something. Questions, too, may be sent as a POST. */
export const writes = ({ method, access }: Endpoint): boolean => method !== 'GET' && access !== 'viewer';

export type ResponseOf<E> = E extends Endpoint<infer _P, infer _Q, infer _B, infer R> ? z.output<R> : never;
export type QueryOf<E> = E extends Endpoint<infer _P, infer Q, infer _B, infer _R> ? z.input<Q> : never;
export type BodyOf<E> = E extends Endpoint<infer _P, infer _Q, infer B, infer _R> ? z.input<B> : never;
export type ParamsOf<E> = E extends Endpoint<infer P, infer _Q, infer _B, infer _R> ? z.input<P> : never;

/** An id as it stands in a path or a query: a whole number that PostgreSQL's integer holds. */
export const memberId = z.coerce
  .number('a whole number')
  .int('a whole number')
  .min(1, 'a whole number from 1')
  .max(2_147_483_647, 'a whole number up to 2147483647');

/** The paging of every list. A cursor holds the name that a page ended at. */
export const paging = {
  limit: z.coerce
    .number('from 1 to 100')
    .int('a whole number')
    .min(1, 'from 1 to 100')
    .max(100, 'from 1 to 100')
    .default(50),
  cursor: z.string().max(4_000).optional(),
};

/** A question as text, so that it can be a link. */
export const jsonText = z
  .string()
  .max(20_000)
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON' });
      return z.NEVER;
    }
  });
