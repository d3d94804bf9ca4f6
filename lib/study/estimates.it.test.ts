import { afterAll, describe, expect, it, vi } from 'vitest';
import { db } from '@/lib/db/client';
import { loadPool as pool } from '@/lib/db/pool';
import { addDays } from '@/lib/metrics/periods';
import { dayCount, isoDate, weekOf } from '@/scripts/generate/calendar';
import { linesByDay } from '@/scripts/generate/lines';
import { mechanics, upliftOf } from '@/scripts/generate/promotions';
import { normal, poisson, stream } from '@/scripts/generate/seed';
import { buildWorld } from '@/scripts/generate/world';
import { ask } from './ask.fixture';
import { insertPanel, type PanelLine } from './panel.fixture';

// What was put into the data, against what the estimates find in the database: how far off they are on the whole, and how often
// their interval holds what was put in. With LONG=1 on ten draws of each, and on demo data.

const long = Boolean(process.env['LONG']);
vi.setConfig({ testTimeout: long ? 1_800_000 : 90_000 });
afterAll(() => Promise.all([pool.end(), db.$disconnect()]));

const draws = Array.from({ length: long ? 10 : 1 }, (_, at) => at);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;

/** Twenty brands of eight products in two stores over a year, a lift of its own each: what was drawn, and what was found. */
async function liftOf(draw: number) {
  const random = stream(17 + draw, 'promotion');
  const lines: PanelLine[] = [];
  const truth = new Map<string, { base: number; added: number }>();
  for (let brand = 0; brand < 20; brand++) {
    const lift = 0.2 + 1.8 * random();
    const drawn = { base: 0, added: 0 };
    truth.set(`B${brand}`, drawn);
    for (let item = 0; item < 8; item++) {
      // Every eighth sells about twice in five weeks: too rarely.
      const level = item === 7 ? 0.5 : 5 + 20 * random();
      for (let week = 0; week < 52; week++) {
        const promoted = random() < 0.15;
        const units = poisson(random, level * (1 + (promoted ? lift : 0)));
        if (promoted && item !== 7) {
          drawn.base += level;
          drawn.added += level * lift;
        }
        if (units === 0) continue;
        lines.push({
          date: addDays('2024-01-01', 7 * week + (item % 7)),
          store: `S${item % 2}`,
          brand: `B${brand}`,
          product: `P${brand}-${item}`,
          units,
          amount: units * (promoted ? 160 : 200),
          promoted,
        });
      }
    }
  }
  const workspace = await insertPanel(pool, lines);
  const dates = { from: '2024-01-01', to: '2024-12-29' };
  const answer = await ask(workspace, { analysis: 'promotion', ...dates, filters: {} });
  const off = (answer.tables.find(({ id }) => id === 'brands')?.rows ?? []).map((row) => {
    const { base, added } = truth.get(String(row[0]))!;
    const [incremental = NaN, incrementalError = NaN, lift = NaN, error = NaN] = row.slice(7).map(Number);
    const drawn = (added / base) * 100;
    return {
      bias: (100 + lift) / (100 + drawn) - 1,
      inside: Math.abs(lift - drawn) < 1.96 * error,
      incremental,
      added,
      incrementalInside: Math.abs(incremental - added) < 1.96 * incrementalError,
    };
  });
  return { lines, off, answer };
}

describe('lift of promotions', () => {
  it('is found as it was drawn, and so are base and incremental units', async () => {
    const off = [];
    for (const draw of draws) off.push(...(await liftOf(draw)).off);
    const bias = mean(off.map((one) => one.bias));
    const inside = mean(off.map((one) => Number(one.inside)));
    const added = mean(off.map((one) => one.incremental)) / mean(off.map((one) => one.added)) - 1;
    const addedInside = mean(off.map((one) => Number(one.incrementalInside)));
    console.info(
      `Lift drawn for ${off.length} brands: bias ${percent(bias)} of units, interval holds ${percent(inside)}. ` +
        `Incremental units: bias ${percent(added)}, interval holds ${percent(addedInside)}.`,
    );
    expect(off).toHaveLength(20 * draws.length);
    expect(Math.abs(bias)).toBeLessThan(0.03);
    expect(Math.abs(added)).toBeLessThan(0.05);
    expect(Math.min(inside, addedInside)).toBeGreaterThanOrEqual(long ? 0.9 : 0.8);
  });

  it('leaves out what sells too rarely, and tells how deep the cuts are', async () => {
    const { lines, answer } = await liftOf(0);
    // Without base prices the cut is against what the store regularly took: 2.00 to 1.60.
    expect(answer.figures.find(({ id }) => id === 'depth')?.value).toBeCloseTo(20, 8);
    const rare = lines.filter(({ product }) => product.endsWith('-7')).reduce((sum, { units }) => sum + units, 0);
    const part = (rare / lines.reduce((sum, { units }) => sum + units, 0)) * 100;
    expect(answer.notes.join(' ')).toContain(`Left out of the base: ${part.toFixed(1)}% of units`);
  });

  it('takes no week for a promoted one in which something bought on promotion was only brought back', async () => {
    const week = (at: number) => ({ date: addDays('2024-01-01', 7 * at), store: 'S', brand: 'B', product: 'P' });
    const regular = Array.from({ length: 12 }, (_, at) => ({ ...week(at), units: 10, amount: 2_000, promoted: false }));
    const workspace = await insertPanel(pool, [
      ...regular.filter((_, at) => at !== 6),
      { ...week(6), units: 20, amount: 3_200, promoted: true },
      { ...week(8), units: -1, amount: -160, promoted: true },
    ]);
    const dates = { from: '2024-01-01', to: '2024-03-24' };
    const { figures } = await ask(workspace, { analysis: 'promotion', ...dates, filters: {} });
    // The eight nearest regular weeks sold 10 each, and the one with the return 9.
    expect(figures.find(({ id }) => id === 'incremental')?.value).toBeCloseTo(20 - (7 * 10 + 9) / 8, 8);
  });

  it.runIf(long)('is found in demo data as it was put in (needs LONG=1)', async () => {
    const world = buildWorld({ lines: 1_000_000, seed: 3 });
    const { products, slots } = world.catalogue;
    const disturbed = new Set(world.events.map(({ slot }) => slots[slot]!.brand.name));
    // By week and channel, as promotions are: the channel stands for its stores.
    const panel = new Map<string, PanelLine>();
    const truth = new Map<string, { base: number; sold: number }>();
    for (const line of [...linesByDay(world)].flat()) {
      const { code, slot } = products[line.product]!;
      const brand = slots[slot]!.brand.name;
      const [date, store] = [isoDate(7 * weekOf(line.day)), `C${world.places.stores[line.store]!.channel}`];
      const mechanic = mechanics[line.promotion - 1];
      const key = `${date} ${store} ${code} ${Boolean(mechanic)}`;
      const sums = panel.get(key) ?? {
        date,
        store,
        brand,
        product: code,
        units: 0,
        amount: 0,
        promoted: Boolean(mechanic),
      };
      panel.set(key, sums);
      sums.units += line.units;
      sums.amount += line.amount;
      const drawn = truth.get(brand) ?? { base: 0, sold: 0 };
      truth.set(brand, drawn);
      drawn.sold += mechanic ? line.units : 0;
      drawn.base += mechanic ? line.units / (1 + upliftOf(mechanic)) : 0;
    }
    const workspace = await insertPanel(pool, [...panel.values()]);
    const answer = await ask(workspace, {
      analysis: 'promotion',
      from: isoDate(0),
      to: isoDate(dayCount - 1),
      filters: {},
    });
    const off = (answer.tables.find(({ id }) => id === 'brands')?.rows ?? []).flatMap((row) => {
      const { base, sold } = truth.get(String(row[0])) ?? { base: 0, sold: 0 };
      const [lift, error] = row.slice(9);
      if (typeof lift !== 'number' || typeof error !== 'number' || disturbed.has(String(row[0]))) return [];
      const drawn = (sold / base - 1) * 100;
      return { bias: (100 + lift) / (100 + drawn) - 1, inside: Math.abs(lift - drawn) < 1.96 * error };
    });
    const bias = mean(off.map((one) => one.bias));
    const inside = mean(off.map((one) => Number(one.inside)));
    console.info(
      `Lift in demo data, ${off.length} brands: bias ${percent(bias)} of units, interval holds ${percent(inside)}.`,
    );
    expect(off.length).toBeGreaterThan(20);
    expect(Math.abs(bias)).toBeLessThan(0.05);
  });
});

/** Twenty brands of twelve product-stores over half a year: the estimates of each. */
async function elasticityOf(draw: number, [beta, gamma]: readonly [number, number]) {
  const random = stream(11 + draw, 'elasticity');
  const weekly = Array.from({ length: 26 }, () => normal(random) * 0.3);
  const lines: PanelLine[] = [];
  for (let brand = 0; brand < 20; brand++) {
    for (let item = 0; item < 12; item++) {
      const level = 5 + normal(random);
      const regular = 400 + 300 * random();
      let running = 0;
      for (const [week, season] of weekly.entries()) {
        const promoted = random() < 0.2;
        const price = regular * (promoted ? 0.7 + 0.2 * random() : 0.9 + 0.2 * random());
        running = 0.5 * running + 0.1 * normal(random);
        const units = Math.exp(level + season + beta * Math.log(price / 500) + gamma * Number(promoted) + running);
        const sold = Math.max(0.001, Math.round(units * 1_000) / 1_000);
        lines.push({
          date: addDays('2024-01-01', 7 * week + (item % 7)),
          store: `S${item % 4}`,
          brand: `B${brand}`,
          product: `P${brand}-${Math.floor(item / 4)}`,
          units: sold,
          amount: Math.round(sold * price),
          promoted,
        });
      }
    }
  }
  const workspace = await insertPanel(pool, lines);
  const dates = { from: '2024-01-01', to: '2024-06-30' };
  const { tables } = await ask(workspace, { analysis: 'elasticity', ...dates, filters: {} });
  return (tables[0]?.rows ?? []).map((row) => row.map(Number));
}

describe('elasticity', () => {
  it('is found as it was drawn, within its interval about 95 times in 100', async () => {
    const [beta, gamma] = [-2.2, 0.4];
    const rows = [];
    for (const draw of draws) rows.push(...(await elasticityOf(draw, [beta, gamma])));
    const bias = mean(rows.map(([, value = NaN]) => value - beta));
    const promotion = mean(rows.map((row) => Math.log1p(row[4]! / 100) - gamma));
    const inside = mean(rows.map(([, , from = NaN, to = NaN]) => Number(from < beta && beta < to)));
    console.info(
      `Elasticity of ${rows.length} brands: bias ${bias.toFixed(3)} of ${beta}, of promotion ${promotion.toFixed(3)} of ${gamma}, interval holds ${percent(inside)}.`,
    );
    expect(rows).toHaveLength(20 * draws.length);
    expect(rows.every((row) => row[5] === 12 * 26 && row[6] === 12)).toBe(true);
    expect(Math.abs(bias)).toBeLessThan(0.1);
    expect(Math.abs(promotion)).toBeLessThan(0.05);
    expect(inside).toBeGreaterThanOrEqual(0.85);
  });
});
