import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sourceOfVolume } from './source-of-volume';
import { switching, whoSwitched, type ShopperBrands } from './switching';

type Row = [shopper: number, brand: number, before: number, after: number];
const columns = (rows: readonly Row[]): ShopperBrands => ({
  shopper: Int32Array.from(rows, (row) => row[0]),
  brand: Int32Array.from(rows, (row) => row[1]),
  before: Float64Array.from(rows, (row) => row[2]),
  after: Float64Array.from(rows, (row) => row[3]),
});
const BRANDS = 4;
const anyRows: fc.Arbitrary<Row[]> = fc
  .uniqueArray(fc.tuple(fc.nat(7), fc.nat(BRANDS - 1)), { selector: String, maxLength: 32 })
  .chain((keys) =>
    fc.tuple(
      ...keys.map(([shopper, brand]) => {
        const amount = fc.oneof(fc.constant(0), fc.integer({ min: -30, max: 1000 }));
        return fc.tuple(fc.constant(shopper), fc.constant(brand), amount, amount);
      }),
    ),
  );

/** The definition, in plain words: by shopper, unrounded. */
function naive(rows: readonly Row[]) {
  const flow = Array.from({ length: BRANDS }, () => new Array<number>(BRANDS).fill(0));
  const arrived = new Array<number>(BRANDS).fill(0);
  const left = new Array<number>(BRANDS).fill(0);
  const rest = new Array<number>(BRANDS).fill(0);
  for (const who of new Set(rows.map(([shopper]) => shopper))) {
    const mine = rows.filter(([shopper]) => shopper === who);
    if (mine.every(([, , before]) => before === 0)) mine.forEach(([, b, , after]) => (arrived[b]! += after));
    else if (mine.every(([, , , after]) => after === 0)) mine.forEach(([, b, before]) => (left[b]! += before));
    else {
      const up = mine.filter(([, , b, a]) => a > b).map(([, at, b, a]) => ({ at, size: a - b }));
      const down = mine.filter(([, , b, a]) => a < b).map(([, at, b, a]) => ({ at, size: b - a }));
      const gain = up.reduce((sum, one) => sum + one.size, 0);
      const loss = down.reduce((sum, one) => sum + one.size, 0);
      const switched = Math.min(gain, loss);
      for (const j of down) for (const i of up) flow[j.at]![i.at]! += switched * (j.size / loss) * (i.size / gain);
      for (const i of up) rest[i.at]! += i.size * (1 - switched / gain);
      for (const j of down) rest[j.at]! -= j.size * (1 - switched / loss);
    }
  }
  return { flow, arrived, left, rest };
}

describe('switching', () => {
  it('X10 Y6 Z4 → X14 Y2 Z2: Y→X 2.667, Z→X 1.333, decrease Y 1.333, Z 0.667', () => {
    const { flows, brands } = switching(
      columns([
        [1, 0, 10_000, 14_000],
        [1, 1, 6000, 2000],
        [1, 2, 4000, 2000],
      ]),
      3,
    );
    expect(flows).toEqual([
      { from: 1, to: 0, amount: 2667n, shoppers: 1 },
      { from: 2, to: 0, amount: 1333n, shoppers: 1 },
    ]);
    expect(brands.map((b) => [b.change, b.switchedIn, b.switchedOut, b.increase, b.decrease])).toEqual([
      [4000n, 4000n, 0n, 0n, 0n],
      [-4000n, 0n, 2667n, 0n, 1333n],
      [-2000n, 0n, 1333n, 0n, 667n],
    ]);
  });

  it('is the naive sum by shopper, less than one unit away, and conserves to the unit', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const { flows, brands } = switching(columns(rows), BRANDS);
        const want = naive(rows);
        for (let from = 0; from < BRANDS; from++) {
          for (let to = 0; to < BRANDS; to++) {
            const got = Number(flows.find((f) => f.from === from && f.to === to)?.amount ?? 0n);
            expect(Math.abs(got - want.flow[from]![to]!)).toBeLessThan(1.001);
          }
        }
        for (const [at, b] of brands.entries()) {
          const change = rows.filter((row) => row[1] === at).reduce((sum, row) => sum + row[3] - row[2], 0);
          expect(b.change).toBe(BigInt(change));
          const parts = b.newToMarket + b.returned - b.lostFromMarket + b.switchedIn - b.switchedOut + b.increase;
          expect(parts - b.decrease).toBe(b.change);
          expect(b.newToMarket).toBe(BigInt(want.arrived[at]!));
          expect(b.lostFromMarket).toBe(BigInt(want.left[at]!));
          expect(Math.abs(Number(b.increase - b.decrease) - want.rest[at]!)).toBeLessThan(2.001);
          for (const part of [b.switchedIn, b.switchedOut, b.increase, b.decrease]) expect(part >= 0n).toBe(true);
        }
        const out = brands.reduce((sum, b) => sum + b.switchedOut, 0n);
        expect(brands.reduce((sum, b) => sum + b.switchedIn, 0n)).toBe(out);
      }),
      { numRuns: 150 },
    );
  });

  it('runs backwards as it ran forwards, whatever the order of rows', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const forth = naive(rows);
        const back = switching(
          columns(rows.map(([s, b, before, after]) => [s, b, after, before] as Row).reverse()),
          BRANDS,
        );
        for (const { from, to, amount } of back.flows) {
          expect(Math.abs(Number(amount) - forth.flow[to]![from]!)).toBeLessThan(1.001);
        }
        expect(back.brands.map((b) => Number(b.lostFromMarket))).toEqual(forth.arrived);
      }),
    );
  });

  it('moves the same between two brands, however few are told apart; who moves twice is one shopper', () => {
    fc.assert(
      fc.property(anyRows, (list) => {
        const rows = columns(list);
        const want = naive(list);
        const { flows, brands } = switching(rows, 3);
        const among = (place: number) => (place === 2 ? [2, 3] : [place]);
        const sum = (of: (from: number, to: number) => number, from: number, to: number) =>
          from === to ? 0 : among(from).reduce((all, j) => all + among(to).reduce((more, i) => more + of(j, i), 0), 0);
        for (let from = 0; from < 3; from++) {
          for (let to = 0; to < 3; to++) {
            const flow = flows.find((one) => one.from === from && one.to === to);
            const moved = sum((j, i) => want.flow[j]![i]!, from, to);
            expect(Math.abs(Number(flow?.amount ?? 0n) - moved)).toBeLessThan(1.001);
            if (flow) expect(whoSwitched(rows, 3, flow)).toHaveLength(flow.shoppers);
          }
        }
        for (const b of brands) {
          const parts = b.newToMarket - b.lostFromMarket + b.switchedIn - b.switchedOut + b.increase - b.decrease;
          expect(parts).toBe(b.change);
        }
      }),
      { numRuns: 150 },
    );
    // Moves from Y to both Z and W, which share a place: one shopper; what moves from Z to W is no flow.
    const twice = switching(
      columns([
        [1, 0, 500, 500],
        [1, 1, 600, 0],
        [1, 2, 0, 300],
        [1, 3, 100, 400],
        [2, 2, 200, 0],
        [2, 3, 0, 200],
      ]),
      3,
    );
    expect(twice.flows).toEqual([{ from: 1, to: 2, amount: 600n, shoppers: 1 }]);
    expect(twice.brands[2]).toMatchObject({ change: 600n, switchedIn: 600n, switchedOut: 0n, increase: 0n });
  });

  it('takes one shopper, one brand, nobody', () => {
    expect(switching(columns([]), 2)).toMatchObject({ flows: [], brands: [{ change: 0n }, { change: 0n }] });
    expect(switching(columns([[0, 0, 5, 8]]), 1).brands[0]).toMatchObject({ change: 3n, increase: 3n });
  });

  it('takes half a million rows of 200 brands in a blink', () => {
    const size = 500_000;
    const rows = {
      shopper: new Int32Array(size).map((_, at) => Math.floor(at / 8)),
      brand: new Int32Array(size).map((_, at) => (at % 8) * 25 + ((at * 7) % 25)),
      before: new Float64Array(size).map((_, at) => (at % 3) * (at % 501)),
      after: new Float64Array(size).map((_, at) => (at % 5) * (at % 307)),
    };
    const started = performance.now();
    const { brands } = switching(rows, 200);
    const took = performance.now() - started;
    const change = rows.after.reduce((a, b) => a + b, 0) - rows.before.reduce((a, b) => a + b, 0);
    expect(brands.reduce((sum, b) => sum + b.change, 0n)).toBe(BigInt(change));
    expect(took).toBeLessThan(4000);
  });
});

describe('source of volume', () => {
  const rows: Row[] = [
    [1, 0, 0, 500], // new to the market
    [2, 0, 0, 300], // bought earlier still
    [3, 0, 0, 400],
    [3, 1, 900, 500], // switched from 1
    [4, 0, 0, 200],
    [4, 2, 100, 100], // the launch comes on top
  ];
  it('is where the sales of a launch came from', () => {
    const all = switching(columns(rows), 3, (shopper) => shopper === 2);
    expect(sourceOfVolume(all, 0, 100n)).toEqual({
      change: 1500n,
      sources: [
        { from: 'newToMarket', amount: 500n, percent: 500 / 15 },
        { from: 'returned', amount: 300n, percent: 20 },
        { from: 'brand', brand: 1, amount: 400n, percent: 400 / 15 },
        { from: 'increase', amount: 200n, percent: 200 / 15 },
        { from: 'lost', amount: 0n, percent: 0 },
        { from: 'anonymous', amount: 100n, percent: 100 / 15 },
      ].map((source) => ({ ...source, percent: expect.closeTo(source.percent, 10) })),
    });
    expect(() => sourceOfVolume(all, 3)).toThrow('no brand 3');
  });
  it('adds up for every brand', () => {
    fc.assert(
      fc.property(anyRows, fc.nat(BRANDS - 1), (list, launch) => {
        const all = switching(columns(list), BRANDS, (shopper) => shopper % 2 === 0);
        const { change, sources } = sourceOfVolume(all, launch, 7n);
        expect(sources.reduce((sum, source) => sum + source.amount, 0n)).toBe(change);
      }),
    );
  });
});
