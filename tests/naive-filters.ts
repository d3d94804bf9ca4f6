import type { Filters } from '@/lib/contract/query';
import { brands, categories, products, shoppers, stores, type RandomLine } from './random-sales';

// Filters as tests of a line, in words of their own. Ids are positions in the lists of random-sales.

export type Test = (line: RandomLine) => boolean;
export const both =
  (...tests: Test[]): Test =>
  (line) =>
    tests.every((test) => test(line));
export const attribute = (owner: { attributes: object } | undefined, name: string): string | null =>
  (owner?.attributes as Record<string, string> | undefined)?.[name] ?? null;

export const productOf = (line: RandomLine) => products[line.product] as (typeof products)[number];
export const brandOf = (line: RandomLine) => brands[productOf(line).brand] as (typeof brands)[number];
export const storeOf = (line: RandomLine) => (line.store === null ? undefined : stores[line.store]);
export const ownerOf = (line: RandomLine, of: 'product' | 'store' | 'shopper') =>
  of === 'product'
    ? productOf(line)
    : of === 'store'
      ? storeOf(line)
      : line.shopper === null
        ? undefined
        : shoppers[line.shopper];
export const within = (category: number, node: number): boolean =>
  category === node ||
  ((categories[category]?.parent ?? null) !== null && within(categories[category]?.parent as number, node));
export const underAny =
  (nodes: readonly number[]): Test =>
  (line) =>
    nodes.some((node) => within(productOf(line).category, node));

const has = (list: readonly number[] | undefined, value: number | null | undefined): boolean =>
  list === undefined || (value !== null && value !== undefined && list.includes(value));

const lacks = (list: readonly number[] | undefined, value: number | null | undefined): boolean =>
  list === undefined || value === null || value === undefined || !list.includes(value);

/** Custom groups by their positions: which lines they hold. */
export interface Holding {
  holds: Test;
}

/** Which lines pass the filters, by what the market and the bases keep of them. */
export function tests(
  f: Filters,
  all: readonly RandomLine[],
  groups: Record<'group' | 'store_group', readonly Holding[]>,
) {
  const inAny =
    (kind: 'group' | 'store_group', positions: readonly number[] | undefined): Test =>
    (line) =>
      (positions ?? []).some((position) => groups[kind][position]?.holds(line));
  const grouped = (kind: 'group' | 'store_group'): Test =>
    both(
      (line) => !f[kind] || inAny(kind, f[kind])(line),
      (line) => !inAny(kind, f.exclude?.[kind])(line),
    );
  const no = f.exclude ?? {};
  const attributes =
    (of: 'product' | 'store' | 'shopper'): Test =>
    (line) => {
      const among = (one: { name: string; values: string[] }): boolean =>
        one.values.includes(attribute(ownerOf(line, of), one.name) ?? '\0');
      return (
        (f.attributes ?? []).every((one) => one.of !== of || among(one)) &&
        (no.attributes ?? []).every((one) => one.of !== of || !among(one))
      );
    };
  const members: Test = both(
    (line) =>
      has(f.manufacturer, brandOf(line).manufacturer) &&
      has(f.brand, productOf(line).brand) &&
      has(f.product, line.product) &&
      lacks(no.manufacturer, brandOf(line).manufacturer) &&
      lacks(no.brand, productOf(line).brand) &&
      lacks(no.product, line.product),
    attributes('product'),
    grouped('group'),
  );
  const bought = (shopper: number, group: NonNullable<Filters['shoppers']>[number]): boolean =>
    all.some(
      (line) =>
        line.shopper === shopper &&
        !line.isReturn &&
        line.units > 0 &&
        line.date >= group.from &&
        line.date <= group.to &&
        has(group.manufacturer, brandOf(line).manufacturer) &&
        has(group.brand, productOf(line).brand) &&
        has(group.product, line.product) &&
        (!group.group || inAny('group', group.group)(line)) &&
        (!group.category || underAny(group.category)(line)),
    );
  const inGroups = new Set(
    [...new Set(all.map((line) => line.shopper))].filter((shopper) =>
      (f.shoppers ?? []).every((group) => shopper !== null && bought(shopper, group) === (group.are === 'buyers')),
    ),
  );
  const chosen: Test = (line) => inGroups.has(line.shopper);
  const places: Test = both(
    (line) =>
      has(f.region, storeOf(line)?.region) &&
      has(f.channel, storeOf(line)?.channel) &&
      has(f.store, line.store) &&
      lacks(no.region, storeOf(line)?.region) &&
      lacks(no.channel, storeOf(line)?.channel) &&
      lacks(no.store, line.store),
    attributes('store'),
    attributes('shopper'),
    grouped('store_group'),
    chosen,
  );
  const promotion: Test = (line) =>
    f.promotion === undefined || (f.promotion === 'promoted' ? (line.promotion ?? 0) > 0 : line.promotion === 0);
  const kept: Test = (line) => !no.category || !underAny(no.category)(line);
  const category: Test = both(kept, f.category ? underAny(f.category) : () => true);
  return { members, places, promotion, category, kept };
}
