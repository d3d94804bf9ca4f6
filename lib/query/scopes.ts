import type { Cell, Cut, Key } from './cut';
import type { Sold } from './sold';
import type { Tree } from './tree';

// From the slice to its market and its bases. What each one leaves out of the slice
// (filters that include and filters that exclude alike):
//   market, for sales     brand, manufacturer, product and product attributes
//   market, for shoppers  promotion as well: a base of buyers counts them whatever the price they paid
//   all                   the category too; dates, places and attributes of shoppers stay
// Broken down by a place or by an attribute of shoppers, each row has the market and the base of its own place or group;
// under a grain, each period its own. Broken down by category, the market is the slice above the rows, whose shares then
// add up to 100; but with a brand, manufacturer or product filtered, each category is the market of its row, so that a
// brand's shares in its categories can be read.

/** Where to look a row's market or base up. */
export interface Reference {
  cut: Cut;
  /** Every row has the whole of it, the row of its own key, or that of the key it is paired with. */
  rows: 'whole' | 'own' | readonly (readonly [row: string | null, key: string])[];
  keyFor(row: string | null): string | null;
}

export interface Scopes {
  slice: Cut;
  promoted: Reference;
  market: Reference;
  marketShoppers: Reference;
  all: Reference;
  /** The nodes of a row's market, where it differs from row to row. */
  marketNodes: ((row: string | null) => readonly number[]) | null;
}

/** A list of categories, or the brands or products of a group: both whatever category is filtered. */
export type MarketMode =
  | 'slice'
  | 'sold'
  | number[]
  | { name: string; brands: number[] | null; products: number[] | null };

const one: Key = { by: 'none' };
const whole = (cut: Cut): Reference => ({ cut, rows: 'whole', keyFor: () => null });
const ownRow = (cut: Cut): Reference => ({ cut, rows: 'own', keyFor: (row) => row });

export const filtersMembers = (cut: Cut): boolean =>
  cut.brands !== null || cut.products !== null || cut.attributes.some((filter) => filter.of === 'product');

/** The break-down splits places or shoppers, which bases keep. */
const splitsBase = ({ key }: Cut): boolean =>
  key.by === 'region' || key.by === 'channel' || key.by === 'store' || (key.by === 'attribute' && key.of !== 'product');

export function scopesOf(slice: Cut, mode: MarketMode, sold: Sold | null, tree: Tree): Scopes {
  const base: Cut = {
    ...slice,
    manufacturers: null,
    brands: null,
    products: null,
    attributes: slice.attributes.filter((filter) => filter.of !== 'product'),
    key: splitsBase(slice) ? slice.key : one,
  };
  const refer = splitsBase(slice) ? ownRow : whole;
  const all = refer({ ...base, nodes: [tree.root], promotion: null });
  const promoted = ownRow(onPromotion(slice));
  const nodes = nodesOf(slice, mode, sold, tree);

  const perMember = mode === 'sold' && sold !== null && ['brand', 'manufacturer', 'product'].includes(slice.key.by);
  if (perMember) return { slice, promoted, all, ...marketsOf(base, sold) };

  if (slice.key.by === 'cells' && typeof mode === 'string' && filtersMembers(slice)) {
    const cells = slice.key.cells.map((cell) =>
      mode === 'sold' ? { ...cell, nodes: tree.meet(cell.nodes, nodes) } : cell,
    );
    const market = { ...base, key: { by: 'cells' as const, cells } };
    return {
      slice,
      promoted,
      all,
      market: ownRow(market),
      marketShoppers: ownRow({ ...market, promotion: null }),
      marketNodes: (row) => cells.find((cell) => cell.key === row)?.nodes ?? [],
    };
  }
  const group = typeof mode === 'object' && !Array.isArray(mode) ? mode : null;
  const market = { ...base, nodes, ...(group && { brands: group.brands, products: group.products }) };
  const promotion = slice.key.by === 'promotion';
  return {
    slice,
    promoted,
    all,
    market: promotion ? ownRow({ ...market, key: slice.key }) : refer(market),
    marketShoppers: refer({ ...market, promotion: null }),
    marketNodes: null,
  };
}

/** What of the slice was on promotion: nothing of what is filtered not to be. */
const onPromotion = (slice: Cut): Cut =>
  slice.promotion === 'not_promoted' ? { ...slice, ...nowhere(slice) } : { ...slice, promotion: 'promoted' };

const nowhere = ({ key }: Cut): Pick<Cut, 'nodes' | 'key'> => ({
  nodes: [],
  key: key.by === 'cells' ? { by: 'cells', cells: [] } : key,
});

function nodesOf(slice: Cut, mode: MarketMode, sold: Sold | null, tree: Tree): number[] {
  if (Array.isArray(mode)) return mode;
  if (typeof mode === 'object') return [tree.root];
  return mode === 'sold' && sold ? sold.together : slice.nodes;
}

/** Members that sold in the same categories share a market, read once. */
function marketsOf(base: Cut, sold: Sold): Pick<Scopes, 'market' | 'marketShoppers' | 'marketNodes'> {
  const cells = new Map<string, Cell>();
  const keyFor = (row: string | null): string => sold.of(row).join(' ');
  const rows = sold.members.map((member) => [member, keyFor(member)] as const);
  for (const member of sold.members) {
    const nodes = sold.of(member);
    if (nodes.length > 0) cells.set(nodes.join(' '), { key: nodes.join(' '), nodes });
  }
  const cut: Cut = { ...base, key: { by: 'cells', cells: [...cells.values()] } };
  return {
    market: { cut, rows, keyFor },
    marketShoppers: { cut: { ...cut, promotion: null }, rows, keyFor },
    marketNodes: sold.of,
  };
}

/** The scopes of the totals: no rows, and what all members sold in together. */
export const totalScopes = (slice: Cut, mode: MarketMode, sold: Sold | null, tree: Tree): Scopes =>
  scopesOf({ ...slice, key: one }, mode, sold, tree);
