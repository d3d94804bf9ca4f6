import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import { env } from '@/lib/env';
import { guarded } from '@/lib/db/breaker';
import { isUnavailable } from '@/lib/db/fault';
import { currentVersion, type Version } from './data-version';
import { keyOf } from './key';
import { tier, type CacheTier, type Entry } from './tier';

export interface CacheState {
  state: 'fresh' | 'stale' | 'miss';
  generatedAt: string;
  ageSeconds: number;
  reason?: string;
}

export interface Cached<T> {
  data: T;
  dataVersion: number;
  cache: CacheState;
}

interface Ask<T> {
  workspaceId: number;
  /** What is asked for, normalised; the workspace and the release are added here. */
  what: unknown;
  minVersion?: number | undefined;
  /** It rests on custom groups: no answer from before the last change of one. */
  groups?: boolean;
  load: () => Promise<{ data: T; dataVersion: number }>;
}

interface Parts {
  tier: CacheTier;
  version: (workspaceId: number) => Promise<Version | null>;
  guard: <T>(read: () => Promise<T>) => Promise<T>;
}

const keep = globalThis as { brandlensFlights?: Map<string, Promise<Entry<unknown>>> };
const flights = (keep.brandlensFlights ??= new Map());

const told = <T>(entry: Entry<T>, state: CacheState['state'], reason?: string): Cached<T> => ({
  data: entry.data,
  dataVersion: entry.dataVersion,
  cache: {
    state,
    generatedAt: new Date(entry.generatedAt).toISOString(),
    ageSeconds: Math.max(0, Math.round((Date.now() - entry.generatedAt) / 1_000)),
    ...(reason && { reason }),
  },
});

/** One load at a time for a key; all who ask meanwhile share it. */
function refresh<T>(key: string, ask: Ask<T>, parts: Parts): Promise<Entry<T>> {
  const running = flights.get(key) as Promise<Entry<T>> | undefined;
  if (running) return running;
  const flight = (async () => {
    const { data, dataVersion } = await parts.guard(ask.load);
    const entry: Entry<T> = { data, dataVersion, generatedAt: Date.now() };
    await parts.tier.set(key, entry);
    return entry;
  })().finally(() => void flights.delete(key));
  flights.set(key, flight);
  return flight;
}

/** Loads until the answer is as new as the caller asks; a load under way may have begun before the publish. */
async function loadAtLeast<T>(key: string, ask: Ask<T>, parts: Parts): Promise<Entry<T>> {
  const least = ask.minVersion ?? 0;
  let entry = await refresh(key, ask, parts);
  if (entry.dataVersion < least) entry = await refresh(key, ask, parts);
  if (entry.dataVersion >= least) return entry;
  const message = `The data is at version ${entry.dataVersion}; there is no version ${least} yet.`;
  throw new ApiError('unprocessable', message, [{ field: 'minVersion', message: `at most ${entry.dataVersion}` }]);
}

/**
 * Stale while revalidating. Same data version: fresh. Older: served at once, refreshed behind. Source down: the last good
 * answer, marked with its age. Nothing kept, or older than `minVersion`: loaded now.
 */
export async function through<T>(ask: Ask<T>, given: Partial<Parts> = {}): Promise<Cached<T>> {
  const parts: Parts = { tier: tier(), version: currentVersion, guard: guarded, ...given };
  const key = keyOf(env.RELEASE, ask.workspaceId, ask.what);
  const [entry, version] = await Promise.all([parts.tier.get<T>(key), parts.version(ask.workspaceId)]);
  const least = Math.max(ask.minVersion ?? 0, ask.groups ? (version?.groups ?? 0) : 0);
  if (!entry || entry.dataVersion < least) return told(await loadAtLeast(key, ask, parts), 'miss');
  if (version === null) return told(entry, 'stale', 'source unavailable');
  if (entry.dataVersion >= version.data) return told(entry, 'fresh');
  const behind = refresh(key, ask, parts);
  // A breaker that is open answers at once; a load takes longer than this turn.
  const down = await Promise.race([
    behind.then(
      () => false,
      (error: unknown) => isUnavailable(error),
    ),
    new Promise<false>((resolve) => setImmediate(resolve, false)),
  ]);
  return told(entry, 'stale', down ? 'source unavailable' : 'refreshing');
}
