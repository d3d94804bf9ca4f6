import 'server-only';
import {
  circuitBreaker,
  ConsecutiveBreaker,
  decorrelatedJitterGenerator,
  ExponentialBackoff,
  handleWhen,
  isBrokenCircuitError,
  retry,
  wrap,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import type { ConnectorLimits } from '@/lib/contract/connector-limits';
import { ApiError } from '@/lib/contract/errors';
import { Passing } from './fault';

const longestRetryMs = 30_000;
const mostBreakers = 500;

const keep = globalThis as { brandlensSources?: Map<string, CircuitBreakerPolicy> };
const breakers = (keep.brandlensSources ??= new Map<string, CircuitBreakerPolicy>());

/** One for all runs of this process against an origin, so that a side that is down is not asked by each in turn. */
function breakerOf(origin: string, { breakAfter, restSeconds }: ConnectorLimits): CircuitBreakerPolicy {
  const key = `${origin} ${breakAfter} ${restSeconds}`;
  const known = breakers.get(key);
  if (known) return known;
  const [oldest] = breakers.keys();
  if (breakers.size >= mostBreakers && oldest !== undefined) breakers.delete(oldest);
  const made = circuitBreaker(
    handleWhen((error) => error instanceof Passing && !error.throttled),
    { halfOpenAfter: restSeconds * 1_000, breaker: new ConsecutiveBreaker(breakAfter) },
  );
  breakers.set(key, made);
  return made;
}

/** How a run bears with the other side: retries with growing, random waits, as many as its budget holds. */
export class Patience {
  retries = 0;

  constructor(private readonly limits: ConnectorLimits) {}

  async bear<T>(url: URL, attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const { attempts, retries, restSeconds, firstRetryMs } = this.limits;
    const again = retry(
      handleWhen((error) => error instanceof Passing && !this.isTooLong(error) && this.retries < retries),
      {
        maxAttempts: attempts - 1,
        backoff: new ExponentialBackoff({
          initialDelay: firstRetryMs,
          maxDelay: longestRetryMs,
          generator: decorrelatedJitterGenerator,
        }),
      },
    );
    again.onRetry(() => (this.retries += 1));
    const asked = wrap(again, breakerOf(url.origin, this.limits)).execute(attempt, signal);
    try {
      return await Promise.race([asked, ended(signal, asked)]);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (isBrokenCircuitError(error)) {
        const message = `${url.host} has failed again and again, and is left alone for ${restSeconds} seconds.`;
        throw new ApiError('unavailable', message, undefined, restSeconds);
      }
      if (!(error instanceof Passing)) throw error;
      throw new ApiError('unavailable', this.sentence(error), undefined, Math.ceil(error.afterMs / 1_000) || undefined);
    }
  }

  isTooLong({ afterMs }: Passing): boolean {
    return afterMs > this.limits.waitSeconds * 1_000;
  }

  private sentence(error: Passing): string {
    const { attempts, waitSeconds, retries } = this.limits;
    if (this.isTooLong(error)) {
      const asked = Math.ceil(error.afterMs / 1_000);
      return `${error.message} It asks to wait ${asked} seconds; this connector waits ${waitSeconds} at most.`;
    }
    if (this.retries >= retries) return `${error.message} All ${retries} retries of this run are used up.`;
    return `${error.message} It was tried ${attempts} times.`;
  }
}

/** Rejects when the signal fires: a wait between two tries does not outlast it. */
function ended(signal: AbortSignal, asked: Promise<unknown>): Promise<never> {
  return new Promise((_, refuse) => {
    const tell = () => refuse(signal.reason as Error);
    if (signal.aborted) tell();
    signal.addEventListener('abort', tell, { once: true });
    const forget = () => signal.removeEventListener('abort', tell);
    asked.then(forget, forget);
  });
}
