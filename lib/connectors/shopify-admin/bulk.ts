import 'server-only';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { ShopifyAdminSource } from '@/lib/contract/connector-sources';
import { ApiError } from '@/lib/contract/errors';
import type { Visit } from '../visit';
import { graphql } from './graphql';

const operation = z.object({
  id: z.string(),
  status: z.string(),
  errorCode: z.string().nullish(),
  url: z.string().nullish(),
});
type Operation = z.output<typeof operation>;

const slowestLook = 15_000;
const fields = 'id status errorCode url';

/** Asks the store to write all that a query finds into a file; answers the operation's id. Waits while it is at another one. */
export async function startBulk(visit: Visit<ShopifyAdminSource>, query: string): Promise<string> {
  const shape = z.object({
    bulkOperationRunQuery: z.object({
      bulkOperation: operation.nullish(),
      userErrors: z.array(z.object({ message: z.string() })),
    }),
  });
  const ask = `mutation($query: String!) {
    bulkOperationRunQuery(query: $query, groupObjects: true) { bulkOperation { ${fields} } userErrors { message } }
  }`;
  for (const pause of looks(visit)) {
    const { bulkOperationRunQuery: begun } = await graphql(visit, ask, { query }, shape);
    if (begun.bulkOperation) return begun.bulkOperation.id;
    const message = begun.userErrors[0]?.message ?? 'the store gives no reason';
    if (!/already in progress/i.test(message))
      throw new ApiError('unprocessable', `The store does not begin to write its file: ${message}`);
    await wait(pause, undefined, { signal: visit.signal });
  }
  return '';
}

/** Waits until the operation is over; answers where its file is, null where it found nothing. */
export async function awaitBulk(visit: Visit<ShopifyAdminSource>, id: string): Promise<string | null> {
  const shape = z.object({ node: operation.nullish() });
  const ask = `query($id: ID!) { node(id: $id) { ... on BulkOperation { ${fields} } } }`;
  for (const pause of looks(visit)) {
    const { node } = await graphql(visit, ask, { id }, shape);
    const over = outcome(node ?? null);
    if (over) return over.url;
    await wait(pause, undefined, { signal: visit.signal });
  }
  return null;
}

function outcome(found: Operation | null): { url: string | null } | null {
  if (!found)
    throw new ApiError('conflict', 'The store does not know its file any more; the next run asks for it anew.');
  const { status, errorCode, url } = found;
  if (status === 'COMPLETED') return { url: url ?? null };
  if (['FAILED', 'CANCELED', 'CANCELING', 'EXPIRED'].includes(status))
    throw new ApiError(
      'conflict',
      `The store did not finish its file (${errorCode ?? status}); the next run asks anew.`,
    );
  return null;
}

/** Milliseconds between one look and the next: seldomer and seldomer. The run's time ends it. */
function* looks({ subject }: Visit<ShopifyAdminSource>): Generator<number> {
  for (let pause = subject.limits.firstRetryMs; ; pause = Math.min(slowestLook, pause * 1.5)) yield pause;
}
