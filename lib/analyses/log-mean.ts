// Splits the change of a product over its factors by the logarithmic mean (LMDI: Ang, B. W. (2004), Energy Policy 32,
// 1131-1139): what each adds does not depend on an order, and together they are the change.

/** What the factor that leads from one stage of the chain to a later one adds. From -1: the first stage itself. */
export interface Step {
  from: number;
  to: number;
  value: number;
}

/** ln(a ÷ b), exact near a = b too. */
const logRatio = (a: number, b: number): number =>
  Math.abs(a - b) < Math.abs(b) / 2 ? Math.log1p((a - b) / b) : Math.log(a / b);

/** L(a, b) = (a − b) ÷ ln(a ÷ b); L(a, a) = a. */
export const logMean = (a: number, b: number): number => (a === b ? a : (a - b) / logRatio(a, b));

/**
 * Splits the change of the last stage. A stage is the product of the factors up to it: stages buyers, trips, units, amount
 * have the factors buyers, trips ÷ buyers, units ÷ trips, amount ÷ units. A stage between that is missing or <= 0 in either
 * period has no logarithm: the two factors that meet in it are one step. Null where the first or last stage has none.
 */
export function splitChange(before: readonly (number | null)[], after: readonly (number | null)[]): Step[] | null {
  const last = before.length - 1;
  const stages = before
    .map((x1, at) => ({ at, x1, x2: after[at] ?? null }))
    .filter((s): s is { at: number; x1: number; x2: number } => positive(s.x1) && positive(s.x2));
  if (stages[0]?.at !== 0 || stages.at(-1)?.at !== last) return null;
  const end = stages.at(-1) ?? { x1: 1, x2: 1 };
  const mean = logMean(end.x2, end.x1);
  return stages.map(({ at, x1, x2 }, index) => {
    const left = stages[index - 1] ?? { at: -1, x1: 1, x2: 1 };
    return { from: left.at, to: at, value: mean * logRatio(x2 / left.x2, x1 / left.x1) };
  });
}

const positive = (value: number | null): boolean => value !== null && Number.isFinite(value) && value > 0;
