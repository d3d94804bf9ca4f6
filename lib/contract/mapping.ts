import { z } from 'zod';

export const importKinds = ['transactions', 'products', 'stores'] as const;
export type ImportKind = (typeof importKinds)[number];

/** The fields that a column of a file can be mapped to, by kind of file. */
export const fieldsOf = {
  transactions: [
    'date',
    'time',
    'store',
    'region',
    'channel',
    'shopper',
    'receipt',
    'product',
    'product_name',
    'brand',
    'manufacturer',
    'category_1',
    'category_2',
    'category_3',
    'pack_size',
    'units',
    'amount',
    'unit_price',
    'base_price',
    'base_amount',
    'discount',
    'promoted',
    'price_reduction',
    'feature',
    'display',
    'coupon',
    'is_return',
  ],
  products: [
    'product',
    'product_name',
    'brand',
    'manufacturer',
    'category_1',
    'category_2',
    'category_3',
    'pack_size',
    'pack_unit',
  ],
  stores: ['store', 'store_name', 'region', 'channel'],
} as const satisfies Record<ImportKind, readonly string[]>;
export type Field = (typeof fieldsOf)[ImportKind][number];

export const operators = ['+', '-', '*', '/'] as const;
const mark = z.string().min(1, 'a text').max(20, '20 characters at most');
const size = z.int('a whole number').min(1, 'from 1 to 255').max(255, 'from 1 to 255');

/** What a field is made of that no single column gives. */
export const made = z.union(
  [
    /** The same text in every row. */
    z.strictObject({
      constant: z
        .string()
        .trim()
        .min(1, 'a text')
        .max(255, 'at most 255 characters')
        .regex(/^\P{Cc}*$/u, 'text without control characters'),
    }),
    /** Columns one after the other. */
    z.strictObject({
      join: z.array(z.string()).min(2, 'two columns or more').max(5, 'five columns at most'),
      with: z
        .string()
        .max(3, 'three characters at most')
        .regex(/^\P{Cc}*$/u, 'text without control characters')
        .default('-'),
    }),
    /** Of "brand" alone: the brand of the workspace whose name stands in this column's text, the longest that does. */
    z.strictObject({ brandIn: z.string() }),
    /** Of numbers alone: a column and another one, or a number. */
    z.strictObject({
      calculate: z.tuple([
        z.string(),
        z.enum(operators),
        z.union([z.string(), z.number().min(-1e9).max(1e9)], 'a column or a number'),
      ]),
    }),
    /** A piece of a column's text: what stands before or after a text, or its first or last characters. */
    z.strictObject({ part: z.string(), before: mark }),
    z.strictObject({ part: z.string(), after: mark }),
    z.strictObject({ part: z.string(), first: size }),
    z.strictObject({ part: z.string(), last: size }),
  ],
  '{"constant": text}, {"join": [columns], "with": text}, {"brandIn": column}, {"calculate": [column, "+", "-", "*" or "/", column or number]}, or {"part": column} with "before" or "after" a text, or the "first" or "last" characters',
);
export type Made = z.output<typeof made>;

export const mapping = z.strictObject({
  /** Field → column of the file. Columns named nowhere are left out. */
  columns: z.record(z.string(), z.string()),
  /** Field → what it is made of, where that is not one column. */
  made: z.record(z.string(), made).default({}),
  /** Further columns kept as attributes that filter and break down. */
  attributes: z.array(z.strictObject({ column: z.string(), of: z.enum(['product', 'store', 'shopper']) })).default([]),
  /** The finest time the file has. "week": the date names the week, and nothing daily is shown. */
  grain: z.enum(['receipt', 'day', 'week']).default('receipt'),
  /** Day.js-like pattern such as "DD/MM/YYYY" or "YYYY-MM-DD HH:mm:ss"; "auto" settles it from the whole column. */
  dateFormat: z.string().max(40).default('auto'),
  /** How 03/04 is read under `auto` where no date of the file tells; a remembered mapping has it from the last such file. */
  dayOrder: z.enum(['dmy', 'mdy']).optional(),
  decimal: z.enum(['.', ',']).default('.'),
  /** What negative units or amounts mean: faults, or returns. */
  negatives: z.enum(['reject', 'returns']).default('reject'),
  /** The amount column, or unit price × units. */
  amountFrom: z.enum(['amount', 'unit_price']).default('amount'),
  /** A receipt id names one basket by itself, whatever the store and date. */
  receiptUnique: z.boolean().default(false),
});
export type Mapping = z.output<typeof mapping>;
