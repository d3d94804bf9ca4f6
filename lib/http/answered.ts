import type { Cached, CacheState } from '@/lib/cache/through';

/** An answer that came through the cache: which version of the data it shows, and how old it is. */
export class Answered<T> {
  private constructor(
    readonly data: T,
    readonly dataVersion: number,
    readonly cache: CacheState,
  ) {}

  static of<T>({ data, dataVersion, cache }: Cached<T>): Answered<T> {
    return new Answered(data, dataVersion, cache);
  }
}
