import { Ratelimit } from '@upstash/ratelimit';
import { Redis } from '@upstash/redis';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Env } from '@/lib/env';
import { logger } from '@/lib/observability/logger';
import type { Policy } from './policies';

export interface Verdict {
  allowed: boolean;
  remaining: number;
  /** Until the window ends. */
  resetSeconds: number;
}

export interface Limiter {
  backend: 'memory' | 'upstash';
  consume(policy: Policy, key: string): Promise<Verdict>;
}

const seconds = (ms: number) => Math.max(1, Math.ceil(ms / 1_000));

export function memoryLimiter(): Limiter {
  const windows = new Map<string, RateLimiterMemory>();
  return {
    backend: 'memory',
    async consume({ name, quota, windowSeconds }, key) {
      const window = windows.get(name) ?? new RateLimiterMemory({ points: quota, duration: windowSeconds });
      windows.set(name, window);
      try {
        const left = await window.consume(key);
        return { allowed: true, remaining: left.remainingPoints, resetSeconds: seconds(left.msBeforeNext) };
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        return { allowed: false, remaining: 0, resetSeconds: seconds(refusal.msBeforeNext) };
      }
    },
  };
}

/** Shared by all processes; falls back to this process's own count while Upstash does not answer. */
export function upstashLimiter(url: string, token: string, patienceMs = 300): Limiter {
  const fallback = memoryLimiter();
  const redis = new Redis({ url, token, retry: { retries: 0 }, enableTelemetry: false });
  const windows = new Map<string, Ratelimit>();
  let down = false;
  const instead = (policy: Policy, key: string, cause: unknown) => {
    if (!down) logger.warn({ err: cause }, 'Upstash does not answer; requests are counted in memory');
    down = true;
    return fallback.consume(policy, key);
  };
  return {
    backend: 'upstash',
    async consume(policy, key) {
      const { name, quota, windowSeconds } = policy;
      const limiter = Ratelimit.fixedWindow(quota, `${windowSeconds} s`);
      const window =
        windows.get(name) ?? new Ratelimit({ redis, limiter, prefix: `brandlens:${name}`, timeout: patienceMs });
      windows.set(name, window);
      try {
        const { success, remaining, reset, reason } = await window.limit(key);
        if (reason === 'timeout') return await instead(policy, key, new Error(`no answer within ${patienceMs} ms`));
        if (down) logger.info('Upstash answers again');
        down = false;
        return { allowed: success, remaining: Math.max(0, remaining), resetSeconds: seconds(reset - Date.now()) };
      } catch (error) {
        return instead(policy, key, error);
      }
    },
  };
}

type Settings = Pick<Env, 'UPSTASH_REDIS_REST_URL' | 'UPSTASH_REDIS_REST_TOKEN'>;

export function createLimiter({ UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token }: Settings): Limiter {
  return url && token ? upstashLimiter(url, token) : memoryLimiter();
}
