import 'server-only';
import { BentoCache, bentostore } from 'bentocache';
import { memoryDriver } from 'bentocache/drivers/memory';

/** A value with what it takes to judge it: freshness follows from the data version, never from a clock. */
export interface Entry<T> {
  data: T;
  dataVersion: number;
  generatedAt: number;
}

/** Where entries are kept. A tier shared by several processes fits the same shape. */
export interface CacheTier {
  get<T>(key: string): Promise<Entry<T> | undefined>;
  set<T>(key: string, entry: Entry<T>): Promise<void>;
}

const keptFor = '24h';

/** In the memory of this process, bounded; the least recently used goes first. */
export function memoryTier(): CacheTier {
  const cache = new BentoCache({
    default: 'memory',
    stores: { memory: bentostore().useL1Layer(memoryDriver({ maxItems: 5_000, maxSize: '128mb' })) },
  });
  return {
    get: async <T>(key: string) => cache.get<Entry<T>>({ key }),
    set: async (key, entry) => {
      await cache.set({ key, value: entry, ttl: keptFor });
    },
  };
}

const keep = globalThis as { brandlensTier?: CacheTier };
export const tier = (): CacheTier => (keep.brandlensTier ??= memoryTier());
