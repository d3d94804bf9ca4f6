import type { Field } from '@/lib/contract/imports';

/** What a line says of promotions, in one number. */
export const promotionBits = [
  ['price_reduction', 1],
  ['feature', 2],
  ['display', 4],
  ['coupon', 8],
  ['promoted', 16],
] as const satisfies [Field, number][];
