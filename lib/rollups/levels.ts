// The levels that rollups are kept at, as data: refresh fills them, verify proves them, the planner chooses among them.

/** 0: everything in the node (member 0); 1: a manufacturer; 2: a brand. */
export type MemberKind = 0 | 1 | 2;

export interface SalesLevel {
  table: 'sales_day' | 'sales_month' | 'sales_month_place' | 'sales_day_place';
  grain: 'day' | 'month';
  /** Column of the date; a month is its first day. */
  time: 'date' | 'month';
  /** Split by region and channel (0: the line's store has none, or the line has no store). */
  place: boolean;
  /** Which kinds of members are stored, each at every category node, ancestors included. */
  members: readonly MemberKind[];
}

export const salesLevels = [
  { table: 'sales_month', grain: 'month', time: 'month', place: false, members: [0, 1, 2] },
  { table: 'sales_day', grain: 'day', time: 'date', place: false, members: [0, 1, 2] },
  { table: 'sales_month_place', grain: 'month', time: 'month', place: true, members: [0, 1, 2] },
  { table: 'sales_day_place', grain: 'day', time: 'date', place: true, members: [0] },
] as const satisfies readonly SalesLevel[];

export interface ProductLevel {
  table: 'sales_product_month' | 'sales_product_day';
  grain: 'day' | 'month';
  time: 'date' | 'month';
}

/** Sums by product, all places together. */
export const productLevels = [
  { table: 'sales_product_month', grain: 'month', time: 'month' },
  { table: 'sales_product_day', grain: 'day', time: 'date' },
] as const satisfies readonly ProductLevel[];

export interface ShopperLevel {
  table: 'shopper_day' | 'shopper_month';
  grain: 'day' | 'month';
  time: 'date' | 'month';
  /** A bitmap of the chunk; or a list of their numbers, ascending: of a day they are few, and there are many days. */
  column: 'bits' | 'shoppers';
}

/** Shoppers of brand 0 (whatever the brand) stand at every node, those of a brand at its products' own category. */
export const shopperLevels = [
  { table: 'shopper_month', grain: 'month', time: 'month', column: 'bits' },
  { table: 'shopper_day', grain: 'day', time: 'date', column: 'shoppers' },
] as const satisfies readonly ShopperLevel[];

/** Lists of many small things, a row a month; `keys` tell the rows of a month apart. */
export interface PackedLevel {
  table: 'spend_month' | 'item_month' | 'shopper_month_store';
  grain: 'month';
  time: 'month';
  keys: readonly string[];
  /** The lists whose positions tell the entries of a row apart, in the order that entries are kept in. */
  entry: readonly string[];
  lists: readonly string[];
}

export const packedLevels = [
  {
    table: 'spend_month',
    grain: 'month',
    time: 'month',
    keys: ['category_id', 'brand_id', 'chunk'],
    entry: ['shoppers'],
    lists: ['amount', 'units', 'purchases', 'trips'],
  },
  {
    table: 'item_month',
    grain: 'month',
    time: 'month',
    keys: ['category_id', 'product_id'],
    entry: ['days', 'stores'],
    lists: [
      ...['purchases', 'amount', 'units', 'identified_amount'],
      ...['promoted_amount', 'promoted_units', 'based_amount', 'base_amount'],
    ],
  },
  {
    table: 'shopper_month_store',
    grain: 'month',
    time: 'month',
    keys: ['category_id', 'brand_id', 'chunk'],
    entry: ['stores', 'shoppers'],
    lists: [],
  },
] as const satisfies readonly PackedLevel[];

/** Columns that add up over anything disjoint. */
export const sumColumns = [
  'lines',
  'units',
  'amount',
  'volume_kg',
  'volume_l',
  'sized_units',
  'identified_units',
  'identified_amount',
  'basket_units',
  'basket_amount',
  'promoted_units',
  'promoted_amount',
] as const;

/** Distinct baskets: they add up over days and places (unless baskets span them), never over members. */
export const tripColumns = ['trips', 'identified_trips'] as const;

/** Every rollup table and its column of time. */
export const rollupTables = [...salesLevels, ...productLevels, ...shopperLevels, ...packedLevels].map(
  ({ table, time, grain }) => ({
    table,
    time,
    grain,
  }),
);
