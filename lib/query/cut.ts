import type { Filters, Grain } from '@/lib/contract/query';
import type { Range } from '@/lib/metrics/periods';
import type { GroupKind } from '@/lib/contract/groups';

// A cut is what a leaf runs over: which lines, and how they are grouped. Plain data, so that equal cuts are read once.

/** `not`: whose attribute has none of the values, or is missing. */
export type AttributeFilter = NonNullable<Filters['attributes']>[number] & { not?: true };
export type Owner = AttributeFilter['of'];

/** One row of a break-down by category: the nodes it stands for (disjoint). The key is the node it is named after. */
export interface Cell {
  key: string;
  nodes: number[];
}

/** A group of brands or products acts as a brand, one of stores as a region. */
export type Acting = 'brand' | 'region';

/** A custom group with the members that it holds now. */
export interface Group {
  id: number;
  name: string;
  kind: GroupKind;
  ids: number[];
  /** Of a group of brands beside groups of products: their products. */
  products: number[];
}

export type Key =
  | { by: 'none' }
  | { by: 'cells'; cells: Cell[] }
  | { by: 'manufacturer' | 'brand' | 'product' | 'region' | 'channel' | 'store' | 'promotion' }
  | { by: 'attribute'; of: Owner; name: string }
  /** Each group is a slice of its own, as groups may overlap. */
  | { by: 'group'; as: Acting; groups: Group[] };

export interface Cut {
  /** Disjoint category nodes; a key of cells stands in their place. */
  nodes: number[];
  /** Manufacturers filtered, where no brand is. */
  manufacturers: number[] | null;
  /** Brands that pass the brand and the manufacturer filter. */
  brands: number[] | null;
  products: number[] | null;
  /** Of places 0 is what has none. */
  regions: number[] | null;
  channels: number[] | null;
  stores: number[] | null;
  promotion: 'promoted' | 'not_promoted' | null;
  attributes: AttributeFilter[];
  key: Key;
  grain: Grain | null;
  /** Under a grain, a day counts to the period that it would lie in so many days later. */
  daysOn?: number;
  /** What each row is set beside, for leaves that need both at once: its market, or what its stores sell. */
  beside?: readonly Besides[];
}

export interface Besides {
  cut: Cut;
  rows: 'whole' | 'own' | readonly (readonly [row: string | null, key: string])[];
}

/** What rollups hold, or lines add up to. */
export type Stored = 'sums' | 'trips' | 'shoppers';

/** What is set side by side on the lines: by shopper, or by store. */
export type Beside = 'buying' | 'requirements' | 'stores' | 'shelf';

export type Family = Stored | Beside;

/** Families of leaves over one cut and one range of dates. */
export interface Need {
  cut: Cut;
  range: Range;
  families: Set<Family>;
}

const texts = new WeakMap<Cut, string>();

/** The cut as text: the same for equal cuts. Asked for with every row, while its lists may be long. */
export function textOf(cut: Cut): string {
  const text = texts.get(cut) ?? JSON.stringify(cut);
  texts.set(cut, text);
  return text;
}

export const keyOf = (cut: Cut, { from, to }: Range): string => `${from} ${to} ${textOf(cut)}`;

export const hasAttribute = (cut: Cut, of: Owner): boolean =>
  cut.attributes.some((filter) => filter.of === of) || (cut.key.by === 'attribute' && cut.key.of === of);

/** Regions or channels filter or group. */
export const usesPlace = (cut: Cut): boolean =>
  cut.regions !== null || cut.channels !== null || cut.key.by === 'region' || cut.key.by === 'channel';

export const usesStore = (cut: Cut): boolean =>
  cut.stores !== null ||
  cut.key.by === 'store' ||
  (cut.key.by === 'group' && cut.key.as === 'region') ||
  hasAttribute(cut, 'store');

export const usesProduct = (cut: Cut): boolean =>
  cut.products !== null || cut.key.by === 'product' || hasAttribute(cut, 'product');

export const usesPromotion = (cut: Cut): boolean => cut.promotion !== null || cut.key.by === 'promotion';

/** The cells that rows are read for; without a break-down by category it is one cell of the filtered nodes. */
export const cellsOf = (cut: Cut): Cell[] => (cut.key.by === 'cells' ? cut.key.cells : [{ key: '', nodes: cut.nodes }]);

/** The cut for these members alone, where members are ids that filter. */
export function narrow(slice: Cut, keys: readonly (string | null)[]): Cut {
  if (keys.includes(null)) return slice;
  const { key } = slice;
  if (key.by === 'group')
    return { ...slice, key: { ...key, groups: key.groups.filter(({ id }) => keys.includes(String(id))) } };
  if (key.by === 'cells')
    return { ...slice, key: { by: 'cells', cells: key.cells.filter((cell) => keys.includes(cell.key)) } };
  const list = {
    brand: 'brands',
    product: 'products',
    region: 'regions',
    channel: 'channels',
    store: 'stores',
  } as const;
  if (!(key.by in list)) return slice;
  const name = list[key.by as keyof typeof list];
  return { ...slice, [name]: keys.map(Number).filter((id) => slice[name]?.includes(id) ?? true) };
}
