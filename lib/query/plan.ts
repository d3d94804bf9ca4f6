import type { From } from '@/lib/packed/read';
import { isRetail } from '@/lib/metrics/calendar';
import { endOf, splitMonths, startOf, within, type Range, type Split } from '@/lib/metrics/periods';
import type { packedLevels, productLevels, salesLevels, shopperLevels, sumColumns } from '@/lib/rollups/levels';
import {
  cellsOf,
  hasAttribute,
  usesPlace,
  usesProduct,
  usesPromotion,
  usesStore,
  type Beside,
  type Cut,
  type Family,
  type Need,
  type Stored,
} from './cut';
import type { Facts } from './facts';
import type { Chosen } from './chosen';
import { membersIn, type Members } from './members';
import type { Rejection } from './rejections';
import type { Tree } from './tree';

// Which source gives which leaves: the first that holds them, the lines when none does, and always with the reason.

type SalesTable = (typeof salesLevels)[number]['table'];
type ProductTable = (typeof productLevels)[number]['table'];
type ShopperTable = (typeof shopperLevels)[number]['table'];
export type Source = SalesTable | ShopperTable | (typeof packedLevels)[number]['table'] | ProductTable | 'lines';

export interface Part {
  source: Source;
  spans: Range[];
}

export interface Choice {
  parts: Part[];
  rejected: Rejection[];
}

export interface Ground {
  facts: Facts;
  tree: Tree;
  forceLines: boolean;
  /** Reads the rollups as they are now, not as they were read before: what an audit does. */
  fresh: boolean;
  /** The only shoppers whose lines count; null: lines of anybody, anonymous ones among them. */
  shoppers: Chosen | null;
  /** The sums that the query's metrics rest on: adding up a dozen of them takes longer than finding the rows. */
  columns: readonly StoredSum[];
}
export type StoredSum = (typeof sumColumns)[number];

export const packedFrom = ({ facts, fresh }: Ground): From => ({
  workspaceId: facts.workspaceId,
  dataVersion: fresh ? null : facts.dataVersion,
});

/** The range as far as there is data: where it reaches past the data's end, up to the end of that month. */
export function reach(range: Range, data: Range | null): Range | null {
  const inside = data && within(range, data);
  if (!data || !inside) return null;
  return {
    from: range.from <= data.from ? startOf('month', data.from) : inside.from,
    to: range.to >= data.to ? endOf('month', data.to) : inside.to,
  };
}

/** Its periods are not made of calendar months. */
const fine = ({ grain, daysOn }: Cut): boolean =>
  grain !== null && (grain === 'day' || grain === 'week' || isRetail(grain) || daysOn !== undefined);

function split(cut: Cut, range: Range): Split {
  return fine(cut) ? { months: null, edges: [range] } : splitMonths(range);
}

export function parts(month: Source, day: Source, { months, edges }: Split): Part[] {
  return [
    ...(months ? [{ source: month, spans: [months] }] : []),
    ...(edges.length > 0 ? [{ source: day, spans: edges }] : []),
  ];
}

export const lines = (range: Range, ...rejected: Rejection[]): Choice => ({
  parts: [{ source: 'lines', spans: [range] }],
  rejected,
});

/** What no rollup of any family holds. */
export function onlyLines(cut: Cut, { forceLines }: Ground): Rejection | null {
  if (forceLines) return 'forced';
  if (usesPromotion(cut)) return 'promotion';
  if (hasAttribute(cut, 'shopper')) return 'shopper_attributes';
  if (cellsOf(cut).some(({ nodes }) => nodes.some((node) => node < 0))) return 'own_products';
  return null;
}

/** What is kept of what stores sold of each product, by day. An entry stands for some lines: how many is not kept. */
const storedColumns: readonly StoredSum[] = [
  'lines',
  'units',
  'amount',
  'identified_amount',
  'promoted_units',
  'promoted_amount',
];

/** What only lines hold all sums of, and entries by store and product some. */
const byStoreOnly = (cut: Cut): Rejection | null =>
  usesStore(cut) ? 'store' : usesProduct(cut) && usesPlace(cut) ? 'product_and_place' : null;

function chooseSums(cut: Cut, range: Range, ground: Ground): Choice {
  if (ground.shoppers) return chooseSpentSums(cut, range, ground);
  const rejection = onlyLines(cut, ground);
  if (rejection) return lines(range, rejection);
  const stored = ground.columns.every((column) => storedColumns.includes(column));
  const placed = byStoreOnly(cut);
  if (placed)
    return stored ? { parts: [{ source: 'item_month', spans: [range] }], rejected: [] } : lines(range, placed);
  return chooseKept(cut, range, ground, stored ? 'item_month' : 'lines');
}

/** `placeDays`: where brands are read on days by place. */
function chooseKept(cut: Cut, range: Range, ground: Ground, placeDays: 'item_month' | 'lines'): Choice {
  if (usesProduct(cut))
    return { parts: parts('sales_product_month', 'sales_product_day', split(cut, range)), rejected: [] };
  if (!usesPlace(cut)) return { parts: parts('sales_month', 'sales_day', split(cut, range)), rejected: [] };
  const kept = membersIn(cut, 'sales_day_place', ground).kind === 0;
  const both = parts('sales_month_place', kept ? 'sales_day_place' : placeDays, split(cut, range));
  return { parts: both, rejected: both.some((part) => part.source === 'lines') ? ['place_days'] : [] };
}

/** A row of the rollup is one member at one node: only then are its trips the cell's. */
const single = ({ kind, ids, group }: Members): boolean =>
  kind === 0 || (group === null ? ids?.length === 1 : (group === 'brand') === (kind === 2));

function chooseTrips(cut: Cut, range: Range, ground: Ground): Choice {
  if (ground.forceLines) return lines(range, 'forced');
  if (ground.shoppers) return lines(range, 'shopper_group');
  if (ground.facts.basketsSpan) return lines(range, 'baskets_span');
  const rejection = onlyLines(cut, ground) ?? byStoreOnly(cut);
  if (rejection) return lines(range, rejection);
  const sums = chooseKept(cut, range, ground, 'lines');
  if (sums.parts.every((part) => part.source === 'lines')) return sums;
  if (usesProduct(cut)) {
    const one = cut.key.by === 'product' || (cut.products?.length === 1 && cut.key.by !== 'attribute');
    return one ? sums : lines(range, 'product_list');
  }
  if (cellsOf(cut).some((cell) => cell.nodes.length !== 1)) return lines(range, 'node_list');
  if (!single(membersIn(cut, 'sales_month', ground))) return lines(range, 'member_list');
  return sums;
}

export function chooseShoppers(cut: Cut, range: Range, ground: Ground): Choice {
  const rejection = onlyLines(cut, ground) ?? (usesProduct(cut) ? 'product_shoppers' : null);
  if (rejection) return lines(range, rejection);
  if (!usesPlace(cut) && !usesStore(cut)) {
    return { parts: parts('shopper_month', 'shopper_day', split(cut, range)), rejected: [] };
  }
  if (fine(cut)) return lines(range, 'place_grain');
  const both = parts('shopper_month_store', 'lines', splitMonths(range));
  return { parts: both, rejected: both.some((part) => part.source === 'lines') ? ['place_day_shoppers'] : [] };
}

/**
 * What shoppers spent, each. `trips`: their trips count too, which add up over months, but not over brands or categories
 * that share baskets.
 */
export function chooseSpend(cut: Cut, range: Range, ground: Ground, trips: boolean): Choice {
  const rejection =
    onlyLines(cut, ground) ??
    (usesPlace(cut) || usesStore(cut) ? 'place_spend' : null) ??
    (usesProduct(cut) ? 'product_spend' : null) ??
    (trips ? tripsByShopper(cut, ground) : null);
  if (rejection) return lines(range, rejection);
  const both = parts('spend_month', 'lines', splitMonths(range));
  return { parts: both, rejected: both.some((part) => part.source === 'lines') ? ['edge_spend'] : [] };
}

function tripsByShopper(cut: Cut, ground: Ground): Rejection | null {
  if (ground.facts.basketsSpan) return 'baskets_span';
  if (cellsOf(cut).some((cell) => cell.nodes.length !== 1)) return 'node_list';
  if (cut.key.by === 'manufacturer') return 'member_list';
  const one = cut.key.by === 'brand' || cut.brands === null || cut.brands.length === 1;
  return one ? null : 'member_list';
}

/** What stores sold of products, or of whole categories: promotions are kept beside the rest, so that only a filter of theirs needs lines. */
export function chooseItems(cut: Cut, range: Range, ground: Ground, whole: boolean): Choice {
  const rejection =
    onlyLines(cut, ground) ??
    (ground.shoppers ? 'shopper_group' : null) ??
    (whole && (cut.brands !== null || usesProduct(cut)) ? 'part_of_node' : null);
  return rejection ? lines(range, rejection) : { parts: [{ source: 'item_month', spans: [range] }], rejected: [] };
}

/** What is kept of each shopper's spending; all of it is identified. */
const spentColumns: readonly StoredSum[] = ['lines', 'units', 'amount', 'identified_units', 'identified_amount'];

function chooseSpentSums(cut: Cut, range: Range, ground: Ground): Choice {
  const kept = !fine(cut) && ground.columns.every((column) => spentColumns.includes(column));
  return kept || ground.forceLines ? chooseSpend(cut, range, ground, false) : lines(range, 'shopper_group');
}

const choosers = { sums: chooseSums, trips: chooseTrips, shoppers: chooseShoppers };

/** What no rollup holds, and why. */
const besides: Record<Beside, Rejection> = {
  buying: 'by_shopper',
  requirements: 'by_shopper',
  stores: 'by_store',
  shelf: 'by_store',
};

/** Which families stand in a statement of their own. */
export const isBeside = (family: Family | undefined): family is Beside => family !== undefined && family in besides;

/** One statement: families that come from the same parts are read together. */
export interface Step {
  cut: Cut;
  range: Range;
  families: Family[];
  choice: Choice;
}

/** Sets of shoppers are united, where they don't come from lines alone. */
export const readsSets = ({ families, choice }: Step): boolean =>
  families.includes('shoppers') && choice.parts.some((part) => part.source !== 'lines');

export function plan(need: Need, ground: Ground): Step[] {
  const range = reach(need.range, ground.facts.data);
  if (!range || cellsOf(need.cut).every((cell) => cell.nodes.length === 0)) return [];
  const steps: Step[] = [];
  for (const family of Object.keys(choosers) as Stored[]) {
    if (!need.families.has(family)) continue;
    const choice = choosers[family](need.cut, range, ground);
    const signature = JSON.stringify(choice.parts);
    const same = steps.find((step) => JSON.stringify(step.choice.parts) === signature);
    if (same) same.families.push(family);
    else steps.push({ cut: need.cut, range: need.range, families: [family], choice });
  }
  for (const family of Object.keys(besides) as Beside[]) {
    if (!need.families.has(family)) continue;
    steps.push({ cut: need.cut, range: need.range, families: [family], choice: lines(range, besides[family]) });
  }
  return steps;
}
