import { divide } from '@/lib/metrics/compute';
import { roundParts } from '@/lib/metrics/format';

// What every analysis takes and gives. Money is a bigint in the currency's minor unit; units and volume are bigints in
// thousandths; counts are numbers. Percentages run to 100, null is "n/a". Formulas follow docs/metrics.md.

/** Money in the minor unit of the currency. */
export type Minor = bigint;
/** Units, kg or l in thousandths. */
export type Milli = bigint;

/** A quotient of two sums of the same scale; null from a missing part or a zero denominator. */
export const quotient = (over: bigint | null, under: bigint | null, times = 1): number | null =>
  divide(over === null ? null : Number(over), under === null ? null : Number(under), times);

/** Money per whole unit (or kg, l), in the minor unit. */
export const pricePer = (amount: Minor, units: Milli): number | null => quotient(amount, units, 1000);

export const total = (values: Iterable<bigint>): bigint => {
  let sum = 0n;
  for (const value of values) sum += value;
  return sum;
};

/**
 * Rounds parts of a change by largest remainder so that they add up to it to the minor unit. The opposite change has the
 * opposite parts.
 */
export function addUp(parts: readonly number[], change: Minor): Minor[] {
  const first = parts.find((part) => part !== 0) ?? 0;
  const turned = change < 0n || (change === 0n && first < 0);
  const rounded = roundParts(turned ? parts.map((part) => -part) : parts, 0).map((part) => BigInt(part ?? 0));
  const whole = turned ? -change : change;
  // Doubles end at 2^53: what they lost of a larger sum goes to the largest part.
  const rest = whole - total(rounded);
  const largest = rounded.reduce((best, part, at) => (size(part) > size(rounded[best] ?? 0n) ? at : best), 0);
  return rounded.map((part, at) => (turned ? -1n : 1n) * (at === largest ? part + rest : part));
}

/** Rounds points of a share to the ninth digit, so that in it they add up exactly. */
export const roundPoints = (parts: readonly (number | null)[]): (number | null)[] => roundParts(parts, 9);

const size = (value: bigint): bigint => (value < 0n ? -value : value);
