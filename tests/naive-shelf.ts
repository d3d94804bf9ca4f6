import { productOf } from './naive-filters';
import {
  brandName,
  cents,
  dateAfter,
  daysBetween,
  grouped,
  isPurchase,
  money,
  money0,
  placeName,
  productName,
  ratio,
  total,
  units,
  type Cells,
  type Naive,
  type Question,
} from './naive-study';
import { unspecified, type RandomLine } from './random-sales';

// Brands, shelf, price and promotion, by loops over the lines.

const rowsBy = (
  groups: Map<string, RandomLine[]>,
  row: (lines: RandomLine[], name: string) => Cells,
): Record<string, Cells> => Object.fromEntries([...groups].map(([name, lines]) => [name, row(lines, name)]));

export function concentration(q: Question): Naive {
  const market = q.market(q.asked.now);
  const brands = grouped(market, brandName);
  const shares = [...brands.values()].map((lines) => ratio(cents(lines), cents(market), 100));
  const largest = shares.map(Number).sort((a, b) => (cents(market) < 0 ? a - b : b - a));
  const top = (k: number): number | null => (cents(market) === 0 ? null : total(largest.slice(0, k)));
  return {
    figures: {
      hhi: cents(market) === 0 ? null : total(shares.map((share) => Number(share) ** 2)),
      top1: top(1),
      top3: top(3),
    },
    tables: {
      brands: rowsBy(brands, (lines) => ({
        sales: money(cents(lines)),
        share: ratio(cents(lines), cents(market), 100),
      })),
    },
  };
}

export function developmentIndex(q: Question): Naive {
  const { by, now } = q.asked;
  const [market, mine] = [q.market(now), q.slice(now)];
  const places = grouped(market, (line) => placeName(by, line));
  const rows: Record<string, Cells> = {};
  for (const [name] of grouped(mine, brandName)) {
    for (const [place, lines] of places) {
      const there = cents(lines.filter((line) => mine.includes(line)));
      const [ofBrand, ofMarket] = [ratio(there, cents(mine), 100), ratio(cents(lines), cents(market), 100)];
      rows[`${name}|${place}`] = { sales: money(there), ofBrand, ofMarket, index: ratio(ofBrand, ofMarket, 100) };
    }
  }
  return { tables: { places: rows } };
}

/** Not what stands for lines that name only the brand. */
const isSpecified = (line: RandomLine): boolean => productName(line) !== unspecified;

export function distribution(q: Question): Naive {
  const { now } = q.asked;
  const placed = (lines: RandomLine[]): RandomLine[] => lines.filter(({ store }) => store !== null);
  const [all, market, mine] = [placed(q.everything(now)), placed(q.market(now)), placed(q.slice(now))];
  const sellers = (lines: readonly RandomLine[]): Set<number | null> =>
    new Set(lines.filter(isPurchase).map(({ store }) => store));
  const active = sellers(market);
  const salesIn = (lines: RandomLine[], stores: Set<number | null>): number =>
    cents(lines.filter(({ store }) => stores.has(store)));
  const weeks = (daysBetween(now.from, now.to) + 1) / 7;
  const row = (lines: RandomLine[]): Cells => {
    const selling = sellers(lines);
    const weighted = ratio(salesIn(all, selling), cents(all), 100);
    const items = [...grouped(lines.filter(isPurchase).filter(isSpecified), ({ product }) => product).values()];
    const points =
      weighted === null ? null : total(items.map((one) => ratio(salesIn(all, sellers(one)), cents(all), 100) ?? 0));
    const storeWeeks = new Set(
      lines.filter(isPurchase).map(({ store, date }) => `${store} ${Math.floor(daysBetween(now.from, date) / 7)}`),
    );
    return {
      stores: selling.size,
      numeric: ratio(selling.size, active.size, 100),
      weighted,
      categoryWeighted: ratio(salesIn(market, selling), salesIn(market, active), 100),
      tdp: points,
      items: ratio(points, weighted),
      perStoreWeek: money0(ratio(cents(lines), selling.size * weeks)),
      perSellingWeek: money0(ratio(cents(lines), storeWeeks.size)),
      perPoint: money0(ratio(cents(lines), points)),
    };
  };
  // What was sold without a store only is listed, with nothing of its own.
  const listed = q.slice(now);
  const specified = listed.filter(isSpecified);
  const only = (lines: RandomLine[]): RandomLine[] => placed(lines).filter((line) => mine.includes(line));
  return {
    figures: { stores: active.size },
    tables: {
      brands: rowsBy(grouped(listed, brandName), (lines) => row(only(lines))),
      ...(specified.length > 0 && { products: rowsBy(grouped(specified, productName), (lines) => row(only(lines))) }),
    },
  };
}

/** Volume in thousandths, by product to the thousandth. */
const volume = (lines: readonly RandomLine[], unit: 'kg' | 'l'): number =>
  total(
    [...grouped(lines, ({ product }) => product).values()].map((sold) => {
      const { unit: own, size } = productOf(sold[0]!);
      return own === unit ? Math.round(units(sold) * size) : 0;
    }),
  );
const isSized = (line: RandomLine): boolean => ['kg', 'l'].includes(productOf(line).unit ?? '');

export function price(q: Question): Naive {
  const [market, slice] = [q.market(q.asked.now), q.slice(q.asked.now)];
  const perUnit = (lines: readonly RandomLine[]): number | null => ratio(cents(lines), units(lines), 1_000);
  const exactly = (unit: 'kg' | 'l'): number =>
    total(
      market
        .filter(isSized)
        .map((line) => (productOf(line).unit === unit ? line.units * (productOf(line).size ?? 0) : 0)),
    );
  const unit = exactly('l') !== 0 && exactly('kg') === 0 ? 'l' : 'kg';
  const perVolume = (lines: readonly RandomLine[]): number | null => {
    const sized = lines.filter(isSized);
    return volume(sized, unit === 'kg' ? 'l' : 'kg') === 0 ? ratio(cents(sized), volume(sized, unit), 1_000) : null;
  };
  return {
    tables: {
      brands: rowsBy(grouped(slice, brandName), (lines) => ({
        price: money0(perUnit(lines)),
        index: ratio(perUnit(lines), perUnit(market), 100),
        excluding: ratio(perUnit(lines), perUnit(market.filter((line) => !lines.includes(line))), 100),
        perVolume: money0(perVolume(lines)),
        volumeIndex: ratio(perVolume(lines), perVolume(market), 100),
        sized: ratio(units(lines.filter(isSized)), units(lines), 100),
      })),
    },
    // On a rung stands what has a price.
    sums: {
      ladder: {
        sales: money(
          total(
            [...grouped(market, ({ product }) => product).values()]
              .filter((lines) => units(lines) > 0 && cents(lines) >= 0)
              .map(cents),
          ),
        ),
      },
    },
  };
}

export function promotion(q: Question): Naive {
  const lines = q.slice(q.asked.now);
  const isPromoted = ({ promotion }: RandomLine): boolean => (promotion ?? 0) > 0;
  const row = (sold: RandomLine[]): Cells => {
    const deals = sold.filter(isPromoted);
    const kinds = (['kg', 'l'] as const).filter((unit) => volume(sold, unit) !== 0);
    const [unit] = kinds;
    let [paid, base] = [0, 0];
    for (const one of grouped(sold, ({ product, store }) => `${product} ${store}`).values()) {
      const [regular, cut] = [one.filter((line) => !isPromoted(line)), one.filter(isPromoted)];
      if (units(regular) <= 0 || cents(regular) <= 0 || units(cut) <= 0) continue;
      paid += cents(cut);
      base += Math.round((units(cut) * cents(regular)) / units(regular));
    }
    return {
      value: ratio(cents(deals), cents(sold), 100),
      units: ratio(units(deals), units(sold), 100),
      volume: unit && kinds.length === 1 ? ratio(volume(deals, unit), volume(sold, unit), 100) : null,
      depth: ratio(base - paid, base, 100),
    };
  };
  const brand = (sold: RandomLine[]): Cells => ({ promoted: money(cents(sold.filter(isPromoted))), ...row(sold) });
  const promoted = new Map([...grouped(lines, productName)].filter(([, sold]) => units(sold.filter(isPromoted)) !== 0));
  return {
    figures: row(lines),
    tables: { brands: rowsBy(grouped(lines, brandName), brand), products: rowsBy(promoted, brand) },
  };
}

/** So few price changes are always refused: what is counted is what there is to estimate from. */
export function elasticity(q: Question): Naive {
  const monday = (date: string): string => dateAfter(date, -((new Date(date).getUTCDay() + 6) % 7));
  return {
    tables: {
      brands: rowsBy(grouped(q.slice(q.asked.now), brandName), (lines) => {
        const weeks = [...grouped(lines, ({ product, store, date }) => `${product} ${store} ${monday(date)}`)];
        const sold = weeks.filter(([, one]) => units(one) > 0 && cents(one) > 0);
        return {
          elasticity: null,
          rows: sold.length,
          itemStores: new Set(sold.map(([key]) => key.split(' ').slice(0, 2).join(' '))).size,
        };
      }),
    },
  };
}
