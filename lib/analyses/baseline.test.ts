import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normal, poisson, stream } from '@/scripts/generate/seed';
import { addBaselines, baseline, type ItemStoreWeeks } from './baseline';

const itemStore = (units: readonly number[], promoted: readonly number[] = []): ItemStoreWeeks => ({
  weeks: units.map((sold, week) => ({ week, units: BigInt(sold), promoted: promoted.includes(week) })),
});
describe('base and incremental', () => {
  it('takes the mean of regular weeks as base', () => {
    const result = baseline([itemStore([100, 120, 500, 80, 100], [2])]);
    expect(result).toMatchObject({ reason: null, units: 900n, base: 500n, incremental: 400n, leftOut: 0n, lift: 400 });
    expect(result.weeks.map((week) => [week.week, week.units, week.base, week.promoted])).toEqual([
      [0, 100n, 100n, false],
      [1, 120n, 120n, false],
      [2, 500n, 100n, true],
      [3, 80n, 80n, false],
      [4, 100n, 100n, false],
    ]);
  });

  it('takes the nearest regular weeks, and a week without a row as 0', () => {
    // A step from 10 to 90: the promoted week 14 is in the dear half, 8 nearest all there.
    const steps = Array.from({ length: 24 }, (_, week) => (week < 8 ? 10 : week === 14 ? 900 : 90));
    expect(baseline([itemStore(steps, [14])]).incremental).toBe(810n);
    const gap = baseline([
      { weeks: [0, 1, 2, 4, 5].map((week) => ({ week, units: week === 2 ? 40n : 10n, promoted: week === 2 })) },
    ]);
    expect(gap).toMatchObject({ units: 80n, base: 48n, incremental: 32n });
  });

  it('is without error, and finds the lift exactly, where regular weeks are all the same', () => {
    const lifts = fc.record({ base: fc.integer({ min: 1, max: 500 }), lift: fc.integer({ min: -50, max: 400 }) });
    fc.assert(
      fc.property(fc.array(lifts, { minLength: 1, maxLength: 5 }), (list) => {
        const result = baseline(
          list.map(({ base, lift }) =>
            itemStore(
              Array.from({ length: 12 }, (_, week) => (week % 4 === 3 ? base * (100 + lift) : base * 100)),
              [3, 7, 11],
            ),
          ),
        );
        const added = list.reduce((sum, { base, lift }) => sum + 3 * base * lift, 0);
        expect(result.incremental).toBe(BigInt(added));
        expect(result.error.incremental).toBeLessThan(1e-6);
      }),
    );
  });

  it('adds up, by week too, whatever the order', () => {
    const series = fc.array(fc.record({ units: fc.integer({ min: -5, max: 90 }), promoted: fc.boolean() }), {
      maxLength: 14,
    });
    fc.assert(
      fc.property(fc.array(series, { maxLength: 4 }), (list) => {
        const rows = list.map((weeks) => ({
          weeks: weeks.map(({ units, promoted }, week) => ({ week, units: BigInt(units), promoted })),
        }));
        const result = baseline(rows);
        expect(result.base + result.incremental).toBe(result.units);
        const all = list.flat().reduce((sum, { units }) => sum + units, 0);
        expect(result.units + result.leftOut).toBe(BigInt(all));
        expect(result.weeks.reduce((sum, { base }) => sum + base, 0n)).toBe(result.base);
        expect(result.weeks.reduce((sum, { units }) => sum + units, 0n)).toBe(result.units);
        const turned = baseline(rows.map(({ weeks }) => ({ weeks: weeks.toReversed() })).toReversed());
        expect(Math.abs(Number(turned.incremental - result.incremental))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('has an interval that holds the truth about 95 times in 100', () => {
    const random = stream(7, 'baseline');
    let inside = 0;
    for (let trial = 0; trial < 200; trial++) {
      let truth = 0;
      const rows = Array.from({ length: 10 }, () => {
        const level = 2000 + 6000 * random();
        const promoted = [5, 6, 17, 30, 41];
        const units = Array.from({ length: 52 }, (_, week) => {
          const noise = Math.round(level * (1 + 0.3 * normal(random)));
          const extra = promoted.includes(week) ? Math.round(level * 0.8) : 0;
          truth += extra;
          return noise + extra;
        });
        return itemStore(units, promoted);
      });
      const { incremental, error } = baseline(rows);
      if (Math.abs(Number(incremental) - truth) < 1.96 * error.incremental) inside++;
    }
    expect(inside).toBeGreaterThanOrEqual(180);
    expect(inside).toBeLessThan(200);
  });

  it('has an interval of lift that holds the truth about 95 times in 100: the base that it is a part of errs, too', () => {
    const random = stream(8, 'baseline');
    let inside = 0;
    for (let trial = 0; trial < 400; trial++) {
      let [due, added] = [0, 0];
      const parts = Array.from({ length: 6 }, () => {
        const level = 5 + 20 * random();
        const promoted = Array.from({ length: 52 }, (_, week) => week).filter(() => random() < 0.15);
        due += level * promoted.length;
        added += level * promoted.length * 1.5;
        const units = Array.from({ length: 52 }, (_, week) => {
          return 1_000 * poisson(random, level * (promoted.includes(week) ? 2.5 : 1));
        });
        return baseline([itemStore(units, promoted)]);
      });
      const { lift, error } = addBaselines(parts);
      if (Math.abs((lift ?? NaN) - (added / due) * 100) < 1.96 * (error.lift ?? NaN)) inside++;
    }
    expect(inside).toBeGreaterThanOrEqual(372);
    expect(inside).toBeLessThan(396);
  });

  it('is, added up, what it is of all together', () => {
    const series = fc.array(fc.record({ units: fc.integer({ min: 0, max: 90_000 }), promoted: fc.boolean() }), {
      maxLength: 14,
    });
    const rows = fc.array(
      series.map((weeks): ItemStoreWeeks => ({
        weeks: weeks.map(({ units, promoted }, week) => ({ week, units: BigInt(units), promoted })),
      })),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(rows, rows, (some, others) => {
        const whole = baseline([...some, ...others]);
        const added = addBaselines([baseline(some), baseline(others)]);
        expect([added.reason, added.units, added.leftOut]).toEqual([whole.reason, whole.units, whole.leftOut]);
        expect(added.base + added.incremental).toBe(added.units);
        expect(added.weeks.reduce((sum, { base }) => sum + base, 0n)).toBe(added.base);
        expect(Math.abs(Number(added.incremental - whole.incremental))).toBeLessThanOrEqual(2);
        expect(added.error.incremental).toBeCloseTo(whole.error.incremental, 4);
        expect(added.weeks.map(({ week, units, promoted }) => [week, units, promoted])).toEqual(
          whole.weeks.map(({ week, units, promoted }) => [week, units, promoted]),
        );
      }),
    );
    expect(addBaselines([])).toMatchObject({ reason: 'noPromotions', units: 0n, lift: null });
  });

  it('says why there is none', () => {
    const nothing = {
      units: 0n,
      base: 0n,
      incremental: 0n,
      lift: null,
      error: { incremental: 0, lift: null },
      weeks: [],
    };
    expect(baseline([])).toMatchObject({ reason: 'noPromotions', ...nothing });
    expect(baseline([{ weeks: [] }]).reason).toBe('noPromotions');
    const never = baseline([itemStore([5, 6, 7, 8])]);
    expect(never).toMatchObject({ reason: 'noPromotions', base: 26n, incremental: 0n, lift: null });
    const few = baseline([itemStore([9, 1, 1, 1], [0])]);
    expect(few).toMatchObject({ reason: 'tooFewRegularWeeks', leftOut: 12n, ...nothing });
  });
});
