import 'server-only';
import { circuitBreaker, ConsecutiveBreaker, handleWhen, isBrokenCircuitError } from 'cockatiel';
import { isUnavailable, SourceDown } from './fault';

const restMs = 5_000;

/** After three failures in a row the source is left alone for a while: callers learn at once that it is down. */
export const createBreaker = (halfOpenAfter = restMs) =>
  circuitBreaker(handleWhen(isUnavailable), { halfOpenAfter, breaker: new ConsecutiveBreaker(3) });

const keep = globalThis as { brandlensBreaker?: ReturnType<typeof createBreaker> };
const shared = (keep.brandlensBreaker ??= createBreaker());

/** Reads from the database through the breaker. */
export async function guarded<T>(read: () => Promise<T>, breaker = shared): Promise<T> {
  try {
    return await breaker.execute(read);
  } catch (error) {
    // Not by instanceof: pages and handlers share the breaker, and each is bundled with a class of its own.
    if (!isBrokenCircuitError(error)) throw error;
    throw new SourceDown('The database cannot be reached.');
  }
}
