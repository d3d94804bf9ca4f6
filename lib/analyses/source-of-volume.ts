import { quotient, type Minor } from './amounts';
import type { Switching } from './switching';

export type Source =
  | { from: 'newToMarket' | 'returned' | 'increase' | 'lost' | 'anonymous' }
  | { from: 'brand'; brand: number };

export interface SourceOfVolume {
  change: Minor;
  /** Add up to the change; `percent` is of the gains (sources above 0), null for a source that takes away. */
  sources: (Source & { amount: Minor; percent: number | null })[];
}

/**
 * Where the sales of a launch come from: buyers new to the market; buyers who had bought in it before the first period, so
 * that only their timing is new; what was switched from each brand, less what was switched to it; the same shoppers buying
 * more. `lost`: what it lost to shoppers who left the market or bought less. `anonymous`: change of its anonymous sales.
 */
export function sourceOfVolume({ brands, flows }: Switching, launch: number, anonymous: Minor = 0n): SourceOfVolume {
  const parts = brands[launch];
  if (!parts) throw new RangeError(`There is no brand ${launch}: switching has ${brands.length}.`);
  const switched = new Map<number, Minor>();
  const add = (brand: number, amount: Minor) => switched.set(brand, (switched.get(brand) ?? 0n) + amount);
  for (const { from, to, amount } of flows) {
    if (to === launch) add(from, amount);
    if (from === launch) add(to, -amount);
  }
  const sources: (Source & { amount: Minor })[] = [
    { from: 'newToMarket', amount: parts.newToMarket },
    { from: 'returned', amount: parts.returned },
    ...[...switched].map(([brand, amount]) => ({ from: 'brand' as const, brand, amount })),
    { from: 'increase', amount: parts.increase },
    { from: 'lost', amount: -parts.lostFromMarket - parts.decrease },
    { from: 'anonymous', amount: anonymous },
  ];
  const gains = sources.reduce((sum, { amount }) => (amount > 0n ? sum + amount : sum), 0n);
  return {
    change: parts.change + anonymous,
    sources: sources.map((source) => ({
      ...source,
      percent: source.amount < 0n ? null : quotient(source.amount, gains, 100),
    })),
  };
}
