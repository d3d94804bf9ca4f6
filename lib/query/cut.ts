import type { Filters, Grain } from '@/lib/contract/query';
import type { Range } from '@/lib/metrics/periods';

// A cut is what a leaf runs over: which lines, and how they are grouped. Plain data, so that equal cuts are read once.

export type AttributeFilter = NonNullable<Filters['attributes']>[number];
export type Owner = AttributeFilter['of'];

/** One row of a break-down by category: the nodes it stands for (disjoint). */
export interface Cell {
  key: string;
  nodes: number[];
  /** Only the products that hang on the nodes themselves. */
  own?: true;
}

export type Key =
  | { by: 'none' }
  | { by: 'cells'; cells: Cell[] }
  | { by: 'manufacturer' | 'brand' | 'product' | 'region' | 'channel' | 'store' | 'promotion' }
  | { by: 'attribute'; of: Owner; name: string };

export interface Cut {
  /** Disjoint category nodes; a key of cells stands in their place. */
  nodes: number[];
  /** Manufacturers filtered, where no brand is. */
  manufacturers: number[] | null;
  /** Brands that pass the brand and the manufacturer filter. */
  brands: number[] | null;
  products: number[] | null;
  regions: number[] | null;
  channels: number[] | null;
  stores: number[] | null;
  promotion: 'promoted' | 'not_promoted' | null;
  attributes: AttributeFilter[];
  key: Key;
  grain: Grain | null;
}

export type Family = 'sums' | 'trips' | 'shoppers';

/** Families of leaves over one cut and one range of dates. */
export interface Need {
  cut: Cut;
  range: Range;
  families: Set<Family>;
}

export const keyOf = (cut: Cut, range: Range): string => JSON.stringify([cut, range]);

export const hasAttribute = (cut: Cut, of: Owner): boolean =>
  cut.attributes.some((filter) => filter.of === of) || (cut.key.by === 'attribute' && cut.key.of === of);

/** Regions or channels filter or group. */
export const usesPlace = (cut: Cut): boolean =>
  cut.regions !== null || cut.channels !== null || cut.key.by === 'region' || cut.key.by === 'channel';

export const usesStore = (cut: Cut): boolean =>
  cut.stores !== null || cut.key.by === 'store' || hasAttribute(cut, 'store');

export const usesProduct = (cut: Cut): boolean =>
  cut.products !== null || cut.key.by === 'product' || hasAttribute(cut, 'product');

export const usesPromotion = (cut: Cut): boolean => cut.promotion !== null || cut.key.by === 'promotion';

/** The cells that rows are read for; without a break-down by category it is one cell of the filtered nodes. */
export const cellsOf = (cut: Cut): Cell[] => (cut.key.by === 'cells' ? cut.key.cells : [{ key: '', nodes: cut.nodes }]);
