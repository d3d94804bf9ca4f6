import { divide } from '@/lib/metrics/compute';

/** Shoppers whose first purchase in the data fell in period `cohort` and who bought in period `active`. */
export interface CohortRow {
  /** Periods count from 0. */
  cohort: number;
  active: number;
  shoppers: number;
}

export interface Cohort {
  cohort: number;
  /** Shoppers whose first purchase it was. */
  size: number;
  /** Their first purchase may lie before the data. */
  leftCensored: boolean;
  /** By periods since the first: shoppers active, and percent of the cohort; null where it can't be seen yet. */
  cells: { shoppers: number | null; percent: number | null }[];
}

/**
 * Retention triangle. `periods` are all periods from the first of the data; the last `incomplete` of them have not ended, so
 * that they are blank; the first `censored` cohorts are marked. A cell that can be seen and has no row is 0.
 */
export function cohortRetention(
  rows: readonly CohortRow[],
  { periods, incomplete = 0, censored = 1 }: { periods: number; incomplete?: number; censored?: number },
): Cohort[] {
  const counts = new Map(rows.map(({ cohort, active, shoppers }) => [cohort * periods + active, shoppers]));
  const seen = periods - incomplete;
  return Array.from({ length: periods }, (_, cohort) => {
    const size = counts.get(cohort * periods + cohort) ?? 0;
    return {
      cohort,
      size,
      leftCensored: cohort < censored,
      cells: Array.from({ length: periods }, (_, age) => {
        if (cohort + age >= seen) return { shoppers: null, percent: null };
        const shoppers = counts.get(cohort * periods + cohort + age) ?? 0;
        return { shoppers, percent: divide(shoppers, size, 100) };
      }),
    };
  });
}
