import { identityOf } from '@/lib/access/identity';
import { ApiError } from '@/lib/contract/errors';
import { env } from '@/lib/env';
import { clientAddress } from './client-address';
import { createLimiter, type Limiter } from './limiter';
import { policyOf } from './policies';

const keep = globalThis as { brandlensLimiter?: Limiter };
export const limiter = (): Limiter => (keep.brandlensLimiter ??= createLimiter(env));

export interface Limited {
  /** Set where the caller asked too often. */
  error: ApiError | null;
  /** The headers of the IETF draft. */
  headers: Record<string, string>;
}

/** Counts a request against its policy. */
export async function limit(request: Request, using: Limiter = limiter()): Promise<Limited> {
  if (env.RATE_LIMIT === 'off') return { error: null, headers: {} };
  const identity = await identityOf(request.headers);
  const path = new URL(request.url).pathname;
  const policy = policyOf({
    method: request.method,
    path,
    signedIn: identity !== null,
    byKey: identity?.startsWith('key:') ?? false,
  });
  const caller = policy.by === 'user' && identity ? identity : clientAddress(request.headers, env.TRUSTED_PROXIES);
  const { allowed, remaining, resetSeconds } = await using.consume(policy, caller);
  const headers = {
    'ratelimit-policy': `"${policy.name}";q=${policy.quota};w=${policy.windowSeconds}`,
    ratelimit: `"${policy.name}";r=${remaining};t=${resetSeconds}`,
  };
  if (allowed) return { error: null, headers };
  const message = `Too many requests: ${policy.quota} in ${policy.windowSeconds} seconds are allowed. Try again in ${resetSeconds} s.`;
  return { error: new ApiError('rate_limited', message, undefined, resetSeconds), headers };
}
