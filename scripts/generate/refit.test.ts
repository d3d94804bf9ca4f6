import { describe, expect, it, vi } from 'vitest';
import { brandMeasures, fitDirichlet } from '@/lib/models/dirichlet';
import { dayCount, dayOf } from './calendar';
import type { BrandEvent } from './events';
import { linesByDay } from './lines';
import { markets } from './markets';
import { expectedMean, observe } from './measure';
import { buildWorld } from './world';

// Each test reads many lines; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

// 300,000 lines of 6,000 shoppers. With so many, chance alone moves a penetration of 10 % by 0.4 points (one standard
// error) and the frequency of its 600 buyers by about 3 %. Stated errors: the models give back
const stated = {
  // each brand's penetration within this many points, and on average within
  penetration: 1.2,
  meanPenetration: 0.4,
  // each brand's frequency within this part, and on average within
  frequency: 0.12,
  meanFrequency: 0.04,
  // the k and the S that were put in
  parameters: 0.15,
};

const world = buildWorld({ lines: 300_000, seed: 7 });
const lines = [...linesByDay(world)].flat();
const { slots } = world.catalogue;
const eventOf = (kind: BrandEvent['kind']) => world.events.find((event) => event.kind === kind)!;

/** The undisturbed year, and the half year after the launch has settled and the delisted brand is gone. */
const windows = [
  { name: '2024', from: 0, to: dayOf('2025-01-01'), absent: [eventOf('launch').slot] },
  { name: 'July to December 2025', from: dayOf('2025-07-01'), to: dayCount, absent: [eventOf('delisting').slot] },
];

const average = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe.each(windows)('NBD and Dirichlet fitted to the lines of $name', ({ name, from, to, absent }) => {
  const results = observe(world, lines, from, to).map((observed, m) => {
    const brands = observed.slots.filter(({ slot }) => !absent.includes(slot));
    const fit = fitDirichlet(observed.category, brands)!;
    const measured = brands.map((brand) => {
      const model = brandMeasures(fit, brand.share);
      return {
        brand: slots[brand.slot]!.brand.name,
        points: 100 * (model.penetration - brand.penetration),
        part: model.frequency / brand.frequency - 1,
      };
    });
    // Without a brand the others are Dirichlet among themselves, with the rest of the parameters.
    const present = 1 - absent.reduce((sum, slot) => sum + (slots[slot]!.market === m ? slots[slot]!.share : 0), 0);
    return {
      market: markets[m]!,
      mean: expectedMean(world, m, from, to),
      s: markets[m]!.s * present,
      observed,
      fit,
      measured,
    };
  });

  it('give back the parameters that were put in', () => {
    for (const { market, mean, s, fit } of results) {
      expect(Math.abs(fit.category.mean / mean - 1), `mean of ${market.category}`).toBeLessThan(0.05);
      expect(Math.abs(fit.category.shape / market.shape - 1), `k of ${market.category}`).toBeLessThan(
        stated.parameters,
      );
      expect(Math.abs(fit.s / s - 1), `S of ${market.category}`).toBeLessThan(stated.parameters);
    }
  });

  it('give back each brand’s penetration and frequency', () => {
    const all = results.flatMap(({ measured }) => measured);
    expect(all).toHaveLength(slots.length - absent.length);
    for (const { brand, points, part } of all) {
      expect(Math.abs(points), `penetration of ${brand}`).toBeLessThan(stated.penetration);
      expect(Math.abs(part), `frequency of ${brand}`).toBeLessThan(stated.frequency);
    }
    const points = average(all.map((one) => Math.abs(one.points)));
    const parts = average(all.map((one) => Math.abs(one.part)));
    expect(points).toBeLessThan(stated.meanPenetration);
    expect(parts).toBeLessThan(stated.meanFrequency);
    const worst = (of: 'points' | 'part') => Math.max(...all.map((one) => Math.abs(one[of])));
    console.info(
      `${name}: penetration off by ${points.toFixed(2)} points on average, ${worst('points').toFixed(2)} at most; ` +
        `frequency by ${(100 * parts).toFixed(1)} %, ${(100 * worst('part')).toFixed(1)} % at most`,
    );
  });

  it('would not fit if shoppers did not differ in taste', () => {
    // The check has teeth: the same shares with S infinite miss the leaders by more than twice the stated error.
    for (const { observed, fit } of results) {
      const leader = observed.slots.reduce((a, b) => (b.share > a.share ? b : a));
      const alike = brandMeasures({ category: fit.category, s: 1e6 }, leader.share);
      expect(100 * (alike.penetration - leader.penetration)).toBeGreaterThan(2 * stated.penetration);
    }
  });
});
