import type { Endpoint } from '@/lib/contract/endpoint';
import { env } from '@/lib/env';
import { logger } from '@/lib/observability/logger';

const sampled = 0.01;

/** What is answered must be what the contract promises: always outside production, by sample and only logged in it. */
export function checkResponse(endpoint: Endpoint, data: unknown): void {
  const production = env.NODE_ENV === 'production';
  if (production && Math.random() >= sampled) return;
  const parsed = endpoint.response.safeParse(data);
  if (parsed.success) return;
  const message = `The response of ${endpoint.id} breaks its contract: ${parsed.error.message}`;
  if (!production) throw new Error(message);
  logger.error({ endpoint: endpoint.id }, message);
}
