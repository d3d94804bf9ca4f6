import {
  bothOf,
  brandName,
  grouped,
  productName,
  ratio,
  shoppersOf,
  total,
  type Cells,
  type Naive,
  type Question,
} from './naive-study';
import { productOf, within } from './naive-filters';
import { categories, type RandomLine } from './random-sales';

// Brands beside one another, by loops over the lines.

const buyersBy = (lines: readonly RandomLine[]): [string, Set<number>][] =>
  [...grouped(lines, brandName)]
    .map(([name, sold]): [string, Set<number>] => [name, shoppersOf(sold)])
    .filter(([, { size }]) => size > 0);

export function loyalty(q: Question): Naive {
  const market = q.market(q.asked.now);
  const all = shoppersOf(market);
  const by = (lines: readonly RandomLine[], who: Set<number>): number =>
    q.measured(lines.filter(({ shopper }) => shopper !== null && who.has(shopper)));
  const brands = buyersBy(market);
  const rows = brands.map(([name, buyers]): [string, Cells] => {
    const mine = market.filter((line) => brandName(line) === name);
    const count = (test: (shopper: number) => boolean): number => [...buyers].filter(test).length;
    const theirs = by(market, buyers);
    return [
      name,
      {
        buyers: buyers.size,
        penetration: ratio(buyers.size, all.size, 100),
        repeat: q.has.basket
          ? ratio(
              count((one) => q.trips(mine.filter(({ shopper }) => shopper === one)) >= 2),
              buyers.size,
              100,
            )
          : null,
        sole: ratio(
          count((one) => brands.filter(([, set]) => set.has(one)).length === 1),
          buyers.size,
          100,
        ),
        requirements: ratio(by(mine, buyers), theirs, 100),
        heavyUsage: ratio(ratio(theirs, buyers.size), ratio(by(market, all), all.size), 100),
      },
    ];
  });
  return { figures: { buyers: all.size }, tables: { brands: Object.fromEntries(rows) } };
}

export function duplication(q: Question): Naive {
  const market = q.market(q.asked.now);
  const [brands, base] = [buyersBy(market), shoppersOf(market).size];
  let [pairs, chance] = [0, 0];
  for (const [a, mine] of brands) {
    for (const [b, theirs] of brands) {
      if (a >= b) continue;
      pairs += bothOf(mine, theirs) / base;
      chance += (mine.size / base) * (theirs.size / base);
    }
  }
  const coefficient = ratio(pairs, chance);
  const rows = brands.map(([name, mine]): [string, Cells] => [
    name,
    {
      buyers: mine.size,
      penetration: ratio(mine.size, base, 100),
      ...Object.fromEntries(
        brands.map(([other, theirs]) => [other, other === name ? null : ratio(bothOf(mine, theirs), mine.size, 100)]),
      ),
    },
  ]);
  const expected = Object.fromEntries(
    brands.map(([name, { size }]) => [name, coefficient === null ? null : ((100 * size) / base) * coefficient]),
  );
  return {
    figures: { coefficient, base },
    tables: {
      duplication: {
        ...Object.fromEntries(rows),
        ...(brands.length > 0 && { 'Expected: D × penetration': { buyers: null, penetration: null, ...expected } }),
      },
    },
  };
}

export function doubleJeopardy(q: Question): Naive {
  const { now, category } = q.asked;
  const base = shoppersOf(q.everything(now)).size;
  const children = categories.flatMap(({ parent }, at) => (parent === 0 ? [at] : []));
  const fitted: Record<string, Cells> = {};
  const rows: Record<string, Cells> = {};
  for (const node of category === null || category === 0 ? children : [category]) {
    const market = q.market(now).filter((line) => within(productOf(line).category, node));
    const name = categories[node]?.name ?? '';
    const identified = market.filter(({ shopper }) => shopper !== null);
    const brands = buyersBy(market).map(([brand, buyers]) => {
      const mine = identified.filter((line) => brandName(line) === brand);
      const bought = q.has.basket ? q.trips(mine) : mine.filter(({ isReturn, units }) => !isReturn && units > 0).length;
      return { brand, buyers: buyers.size, bought, others: 1 - buyers.size / base };
    });
    if (brands.length === 0) continue;
    const constant =
      total(brands.map(({ bought, others }) => bought * others)) / total(brands.map(({ buyers }) => buyers));
    for (const { brand, buyers, bought, others } of brands) {
      const expected = ratio(constant, others);
      const frequency = bought / buyers;
      rows[`${brand}|${name}`] = {
        buyers,
        penetration: ratio(buyers, base, 100),
        frequency,
        constant: frequency * others,
        deviation: expected === null ? null : ratio(frequency - expected, expected, 100),
      };
    }
    fitted[name] = {
      penetration: ratio(shoppersOf(market).size, base, 100),
      frequency: total(brands.map(({ bought }) => bought)) / shoppersOf(market).size,
      constant,
    };
  }
  return {
    figures: { shoppers: q.observed(now) ? base : null },
    tables: { brands: rows, categories: fitted },
  };
}

/** Row of a category that products of the market may stand in: a child of the one filtered, or what hangs on itself. */
function childName(line: RandomLine, node: number): string {
  const own = productOf(line).category;
  const children = categories.flatMap(({ parent }, at) => (parent === node ? [at] : []));
  const child = children.find((one) => within(own, one));
  if (child !== undefined) return categories[child]?.name ?? '';
  return children.length > 0 ? `${categories[node]?.name}, not divided further` : (categories[node]?.name ?? '');
}

/** Pairs stand under their names in the order of the alphabet. */
export function affinity(q: Question): Naive {
  const { now, members, category } = q.asked;
  const market = q.market(now);
  const all = q.trips(market);
  const name = (line: RandomLine): string =>
    members === 'brand' ? brandName(line) : members === 'product' ? productName(line) : childName(line, category ?? 0);
  const held = [...grouped(market, name)]
    .map(([one, lines]) => ({ one, baskets: q.baskets(lines) }))
    .filter(({ baskets }) => baskets.size > 0);
  const pairs: Record<string, Cells> = {};
  for (const a of held) {
    for (const b of held) {
      const both = [...a.baskets].filter((basket) => b.baskets.has(basket)).length;
      if (a.one >= b.one || both === 0) continue;
      pairs[`${a.one}|${b.one}`] = {
        baskets: both,
        support: ratio(both, all, 100),
        confidenceAB: ratio(both, a.baskets.size, 100),
        confidenceBA: ratio(both, b.baskets.size, 100),
        lift: ratio(both / all, (a.baskets.size / all) * (b.baskets.size / all)),
      };
    }
  }
  return {
    figures: { baskets: q.observed(now) ? all : null },
    tables: {
      pairs,
      members: Object.fromEntries(
        held.map(({ one, baskets }) => [one, { baskets: baskets.size, support: ratio(baskets.size, all, 100) }]),
      ),
    },
  };
}
