import type { AnalysisInput } from '@/lib/contract/analyses';
import type { Range } from '@/lib/metrics/periods';
import { productOf, storeOf, underAny } from './naive-filters';
import {
  basketKey,
  brands,
  categories,
  channels,
  products,
  regions,
  stores,
  type RandomLine,
  type RandomSales,
} from './random-sales';

// What analyses of random sales must give, by plain loops over the lines: shares no code with lib/analyses or lib/study.

/** A question whose ids are positions in the lists of random-sales. The market is the slice without its brand. */
export interface Asked {
  now: Range;
  before: Range;
  brand: number;
  category: number | null;
  place: { of: 'region' | 'channel' | 'store'; at: number } | null;
  by: NonNullable<AnalysisInput['by']>;
  measure: NonNullable<AnalysisInput['measure']>;
  members: NonNullable<AnalysisInput['members']>;
  weeks: number;
}

/** Parts that are rounded so that they add up: each is within so much of what it would be. */
export interface About {
  about: number;
  within: number;
}
export type Cell = number | null | About;
export type Cells = Record<string, Cell>;

/** By table and row (its texts) the columns that are known. A table that is missing is not looked at. */
export interface Naive {
  figures?: Cells;
  tables?: Record<string, Record<string, Cells>>;
  /** What the cells of a column add up to. */
  sums?: Record<string, Record<string, number>>;
}

export const about = (value: number, within = 0.01): About => ({ about: value, within });
export const ratio = (over: number | null, under: number | null, times = 1): number | null =>
  over === null || under === null || under === 0 ? null : (over / under) * times;
export const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
export const isPurchase = (line: RandomLine): boolean => !line.isReturn && line.units > 0;
export const cents = (lines: readonly RandomLine[]): number => total(lines.map((line) => line.cents));
export const units = (lines: readonly RandomLine[]): number => total(lines.map((line) => line.units));
export const money = (minor: number): number => minor / 100;
export const money0 = (minor: number | null): number | null => (minor === null ? null : minor / 100);

export const brandName = (line: RandomLine): string => brands[productOf(line).brand]?.name ?? '';
export const productName = (line: RandomLine): string => products[line.product]?.name ?? '';

/** The category that a product hangs on, beside the children of that category. */
export const ownCategory = (line: RandomLine): string => {
  const own = productOf(line).category;
  const divided = categories.some(({ parent }) => parent === own);
  return divided ? `${categories[own]?.name}, not divided further` : (categories[own]?.name ?? '');
};

const named = (list: readonly string[], at: number | null | undefined): string =>
  (at === null || at === undefined ? undefined : list[at]) ?? '(none)';

export const placeName = (by: Asked['by'], line: RandomLine): string => {
  if (by === 'category') return ownCategory(line);
  if (by === 'region') return named(regions, storeOf(line)?.region);
  if (by === 'channel') return named(channels, storeOf(line)?.channel);
  return named(
    stores.map(({ name }) => name),
    line.store,
  );
};

/** Lines by what they have in common. */
export function grouped<K>(lines: readonly RandomLine[], by: (line: RandomLine) => K): Map<K, RandomLine[]> {
  const groups = new Map<K, RandomLine[]>();
  for (const line of lines) groups.set(by(line), [...(groups.get(by(line)) ?? []), line]);
  return groups;
}

export const shoppersOf = (lines: readonly RandomLine[]): Set<number> =>
  new Set(lines.filter(isPurchase).flatMap(({ shopper }) => (shopper === null ? [] : [shopper])));

export const bothOf = (a: ReadonlySet<number>, b: ReadonlySet<number>): number =>
  [...a].filter((one) => b.has(one)).length;

const dayNumber = (date: string): number => Date.parse(date) / 86_400_000;
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);
export const dateAfter = (date: string, days: number): string =>
  new Date((dayNumber(date) + days) * 86_400_000).toISOString().slice(0, 10);

/** The lines of a question: of the brand, of the market, of everything its places sell. */
export class Question {
  readonly data: Range;
  readonly has: { basket: boolean; shopper: boolean; store: boolean; promotion: boolean };
  private readonly all: RandomLine[];

  constructor(
    readonly sales: RandomSales,
    readonly asked: Asked,
  ) {
    const { lines } = sales;
    const dates = lines.map(({ date }) => date).sort();
    this.data = { from: dates[0] ?? '', to: dates.at(-1) ?? '' };
    this.has = {
      basket: lines.some(({ basket }) => basket !== null),
      shopper: lines.some(({ shopper }) => shopper !== null),
      store: lines.some(({ store }) => store !== null),
      promotion: lines.some(({ promotion }) => promotion !== null),
    };
    const { place } = asked;
    this.all = lines.filter((line) => {
      if (!place) return true;
      return (place.of === 'store' ? line.store : (storeOf(line)?.[place.of] ?? null)) === place.at;
    });
  }

  everything({ from, to }: Range): RandomLine[] {
    return this.all.filter(({ date }) => date >= from && date <= to);
  }

  market(range: Range): RandomLine[] {
    const { category } = this.asked;
    return category === null ? this.everything(range) : this.everything(range).filter(underAny([category]));
  }

  slice(range: Range): RandomLine[] {
    return this.market(range).filter((line) => productOf(line).brand === this.asked.brand);
  }

  /** The part of the range that the data holds. */
  observed({ from, to }: Range): Range | null {
    const { data } = this;
    const held = { from: from > data.from ? from : data.from, to: to < data.to ? to : data.to };
    return held.from <= held.to ? held : null;
  }

  /** Distinct baskets with a purchase line. */
  baskets(lines: readonly RandomLine[]): Set<string> {
    const { spans } = this.sales;
    return new Set(lines.filter(isPurchase).flatMap((line) => basketKey(line, spans) ?? []));
  }

  trips(lines: readonly RandomLine[]): number {
    return this.baskets(lines).size;
  }

  measured(lines: readonly RandomLine[]): number {
    const { measure } = this.asked;
    if (measure === 'units') return units(lines);
    return measure === 'purchases' ? lines.filter(isPurchase).length : cents(lines);
  }

  /** As shown: units whole, money in the currency's unit. */
  shown(measured: number): number {
    const { measure } = this.asked;
    return measure === 'units' ? measured / 1_000 : measure === 'purchases' ? measured : measured / 100;
  }
}
