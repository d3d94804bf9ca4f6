import 'server-only';
import { createHash, timingSafeEqual } from 'node:crypto';
import { ApiError } from '@/lib/contract/errors';
import { isLocal } from './client-address';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Lets the bearer of the token read the metrics; where there is none, only who asks from this machine. */
export function permitMetrics(headers: Headers, token: string | undefined): void {
  if (token === undefined) {
    if (isLocal(headers)) return;
    throw new ApiError('forbidden', 'Only this machine may read the metrics, unless the server has a METRICS_TOKEN.');
  }
  const given = headers.get('authorization') ?? '';
  if (timingSafeEqual(digest(given), digest(`Bearer ${token}`))) return;
  throw new ApiError('unauthenticated', 'Send the METRICS_TOKEN as "Authorization: Bearer TOKEN".');
}
