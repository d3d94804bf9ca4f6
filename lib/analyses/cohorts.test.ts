import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohortRetention, type CohortRow } from './cohorts';

describe('cohort retention', () => {
  const rows: CohortRow[] = [
    { cohort: 0, active: 0, shoppers: 10 },
    { cohort: 0, active: 2, shoppers: 4 },
    { cohort: 1, active: 1, shoppers: 5 },
    { cohort: 1, active: 2, shoppers: 5 },
    { cohort: 2, active: 2, shoppers: 2 },
  ];
  const percents = (options: Parameters<typeof cohortRetention>[1]) =>
    cohortRetention(rows, options).map(({ cells }) => cells.map((cell) => cell.percent));

  it('is a triangle: nobody active is 0, what is yet to come is blank', () => {
    expect(percents({ periods: 3 })).toEqual([
      [100, 0, 40],
      [100, 100, null],
      [100, null, null],
    ]);
  });
  it('is blank in a period that has not ended', () => {
    expect(percents({ periods: 3, incomplete: 1 })).toEqual([
      [100, 0, null],
      [100, null, null],
      [null, null, null],
    ]);
  });
  it('marks the first cohorts as left-censored, and has no percent of nobody', () => {
    const all = cohortRetention(rows, { periods: 4, censored: 2 });
    expect(all.map((cohort) => cohort.leftCensored)).toEqual([true, true, false, false]);
    expect(all[3]).toMatchObject({ size: 0, cells: [{ shoppers: 0, percent: null }, {}, {}, {}] });
    expect(cohortRetention([], { periods: 0 })).toEqual([]);
  });

  it('counts the shoppers of lists of active periods', () => {
    const shoppers = fc.array(fc.uniqueArray(fc.nat(5), { minLength: 1 }), { maxLength: 15 });
    fc.assert(
      fc.property(shoppers, (lists) => {
        const counts = new Map<string, CohortRow>();
        for (const active of lists) {
          for (const period of active) {
            const cohort = Math.min(...active);
            const row = counts.get(`${cohort} ${period}`) ?? { cohort, active: period, shoppers: 0 };
            counts.set(`${cohort} ${period}`, { ...row, shoppers: row.shoppers + 1 });
          }
        }
        const all = cohortRetention([...counts.values()], { periods: 6 });
        expect(all.reduce((sum, { size }) => sum + size, 0)).toBe(lists.length);
        for (const { cohort, cells } of all) {
          for (const [age, cell] of cells.entries()) {
            const mine = lists.filter((active) => Math.min(...active) === cohort && active.includes(cohort + age));
            expect(cell.shoppers).toBe(cohort + age < 6 ? mine.length : null);
          }
        }
      }),
    );
  });
});
