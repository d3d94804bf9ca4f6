import 'server-only';
import { z } from 'zod';
import type { ShopifyAdminSource } from '@/lib/contract/connector-sources';
import { ApiError } from '@/lib/contract/errors';
import { Passing } from '../client/fault';
import type { Visit } from '../visit';

const answer = z.object({
  data: z.unknown().optional(),
  errors: z
    .union([
      z.string(),
      z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).optional() })),
    ])
    .optional(),
});

/** Asks the store's Admin API. What it says is too much is asked for again, later. */
export async function graphql<T>(
  visit: Visit<ShopifyAdminSource>,
  query: string,
  variables: object,
  shape: z.ZodType<T>,
): Promise<T> {
  const { url, apiVersion } = visit.source;
  const { token } = visit.subject.secrets;
  if (token === undefined)
    throw new ApiError('unprocessable', 'secrets.token is missing: the access token of an app of the store.');
  const { host } = new URL(url);
  const asked = {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-shopify-access-token': token },
    body: JSON.stringify({ query, variables }),
  } as const;
  const judge = (given: unknown): T => {
    const parsed = answer.safeParse(given);
    const errors = parsed.data?.errors ?? [];
    const faults = typeof errors === 'string' ? [{ message: errors, extensions: undefined }] : errors;
    if (faults.some(({ extensions }) => extensions?.code === 'THROTTLED'))
      throw new Passing(`${host} asks for fewer requests.`, true, 1_000);
    if (faults[0])
      throw new ApiError('unprocessable', `${host} refuses the question: ${faults[0].message.slice(0, 300)}`);
    const data = shape.safeParse(parsed.data?.data);
    if (data.success) return data.data;
    const [issue] = data.error.issues;
    const where = issue && issue.path.length > 0 ? ` (${issue.path.join('.')}: ${issue.message})` : '';
    throw new ApiError('unprocessable', `${host} does not answer as Shopify's Admin API does${where}.`);
  };
  return visit.client.json(new URL(`/admin/api/${apiVersion}/graphql.json`, url), asked, judge);
}
