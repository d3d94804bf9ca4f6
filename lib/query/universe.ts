import { usesStore, type Cut } from './cut';
import type { Facts } from './facts';

// Households that the shoppers stand for: of the workspace, or of the regions that a slice is in.

type Known = Pick<Facts, 'universe' | 'regionUniverses'>;

/** Of a row, or of the whole slice where it has no rows by region; null where it is not known. */
export function universeOf({ key, regions }: Cut, row: string | null, known: Known): number | null {
  if (key.by === 'region') return known.regionUniverses.get(Number(row ?? 0)) ?? null;
  if (regions === null) return known.universe;
  const each = regions.map((region) => known.regionUniverses.get(region) ?? null);
  return each.includes(null) ? null : each.reduce<number>((sum, one) => sum + (one ?? 0), 0);
}

/** Why no row of the slice has one. */
export function whyNoUniverse(slice: Cut, known: Known): string | null {
  const { key, regions, channels } = slice;
  if (channels !== null || key.by === 'channel' || usesStore(slice)) {
    return 'The universe is of the whole workspace or of regions, not of channels and stores.';
  }
  const set = (region: number): boolean => known.regionUniverses.has(region);
  if (key.by === 'region') {
    const some = regions === null ? known.regionUniverses.size > 0 : regions.some(set);
    return some ? null : 'No universe is set for any of these regions.';
  }
  if (regions === null) return known.universe === null ? 'No universe is set for the workspace.' : null;
  const missing = regions.filter((region) => !set(region));
  if (missing.includes(0)) return 'Stores without a region have no universe.';
  if (missing.length === 0) return null;
  return missing.length === 1
    ? 'No universe is set for one of these regions.'
    : `No universe is set for ${missing.length} of these regions.`;
}
