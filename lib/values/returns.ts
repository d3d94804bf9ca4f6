import { kindOfSale } from './flag';
import { parseExact } from './number';

/** A column of words that says of each row whether it is a sale or takes one back, whatever it is called. */
export const tellsReturns = (values: readonly string[]): boolean =>
  values.length > 0 &&
  values.every((value) => kindOfSale(value) !== null) &&
  new Set(values.map(kindOfSale)).size === 2;

/**
 * Whether rows take sales back by their sign: units and amount below zero together, or units alone where the amount is made of
 * a price. An amount alone may be a discount.
 */
export function signedReturns(
  units: readonly string[],
  amounts: readonly string[] | null,
  decimal: '.' | ',',
): boolean {
  const below = (text = ''): boolean => (parseExact(text, decimal)?.digits ?? 0n) < 0n;
  return units.some((text, at) => below(text) && (amounts === null || below(amounts[at])));
}
