import 'server-only';
import { z } from 'zod';
import { mapping as mappingShape, type fieldsOf } from '@/lib/contract/imports';
import type { ShopifyAdminSource } from '@/lib/contract/connector-sources';
import { amountOf, textOf, toCents } from './amount';
import { numberOf, type Whole } from './objects';
import { codeOf } from './products';

export const itemFields = `id sku title vendor quantity currentQuantity
  variant { id } product { productType }
  originalTotalSet { shopMoney { amount } }
  discountAllocations { allocatedAmountSet { shopMoney { amount } } }`;

/** Orders that were changed at this time or after it, with their lines; of refunds only that there are some. */
export const ordersQuery = (conditions: string): string => `{
  orders(query: ${JSON.stringify(conditions)}) { edges { node {
    id name createdAt cancelledAt test customer { id } refunds { id }
    lineItems { edges { node { ${itemFields} } } }
  } } }
}`;

const text = z
  .string()
  .nullish()
  .transform((value) => (value ?? '').replace(/\s+/g, ' ').trim());
const money = z.object({
  shopMoney: z.object({
    amount: z
      .string()
      .transform(amountOf)
      .refine((value) => value !== null, 'an amount such as 12.50'),
  }),
});

export const order = z.object({
  id: z.string(),
  name: text,
  createdAt: z.string(),
  cancelledAt: z.string().nullish(),
  test: z.boolean().nullish(),
  customer: z.object({ id: z.string() }).nullish(),
  refunds: z.array(z.object({ id: z.string() })).default([]),
});
export type Order = z.output<typeof order>;

export const lineItem = z.object({
  id: z.string(),
  sku: text,
  title: text,
  vendor: text,
  quantity: z.number(),
  /** Without what was refunded, or taken out of the order. */
  currentQuantity: z.number().nullish(),
  variant: z.object({ id: z.string() }).nullish(),
  product: z.object({ productType: text }).nullish(),
  originalTotalSet: money,
  discountAllocations: z.array(z.object({ allocatedAmountSet: money })).default([]),
});
export type LineItem = z.output<typeof lineItem>;

export const moneyShape = money;

export const columns = [
  'date',
  'time',
  'store',
  'channel',
  'shopper',
  'receipt',
  'product',
  'product_name',
  'brand',
  'category_1',
  'units',
  'amount',
  'base_amount',
  'promoted',
] as const satisfies readonly (typeof fieldsOf.transactions)[number][];

/** A line of the transaction file; the id says what of. */
export interface Line {
  id: string;
  cells: Record<(typeof columns)[number], string>;
}

export const mapping = mappingShape.parse({
  columns: Object.fromEntries(columns.map((field) => [field, field])),
  dateFormat: 'YYYY-MM-DD',
  negatives: 'returns',
  receiptUnique: false,
});

/** How the store's lines are named: its place, and the time that its clocks show. */
export class Naming {
  private readonly clock: Intl.DateTimeFormat;

  constructor(
    readonly store: string,
    timeZone: string,
    readonly rule: ShopifyAdminSource['productCode'],
  ) {
    const two = '2-digit';
    const parts = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two } as const;
    this.clock = new Intl.DateTimeFormat('sv-SE', { timeZone, ...parts });
  }

  /** What a sale and a return of an item have in common. */
  cells(
    at: string,
    { customer, name, id }: Order,
    item: LineItem,
  ): Omit<Line['cells'], 'units' | 'amount' | 'base_amount' | 'promoted'> {
    const [date = '', time = ''] = this.clock.format(new Date(at)).split(' ');
    const variant = item.variant ? numberOf(item.variant.id) : '';
    return {
      date,
      time,
      store: this.store,
      channel: 'Online',
      shopper: customer ? numberOf(customer.id) : '',
      receipt: name || numberOf(id),
      // What was sold without being a product of the store (a gift wrap, say) has its title alone.
      product: codeOf(this.rule, item.sku, variant) || item.title,
      product_name: item.title,
      brand: item.vendor,
      category_1: item.product?.productType ?? '',
    };
  }
}

/**
 * The lines of an order as they were sold: what each brought after its part of all discounts. What was taken out of the order
 * was not sold; what came back was, and `returned` says how much of an item did.
 */
export function salesOf(
  { parent, children }: Whole<Order, LineItem>,
  naming: Naming,
  returned: (item: string) => number = () => 0,
): Line[] {
  return children
    .filter(({ quantity }) => quantity > 0)
    .map((item) => {
      const { quantity, currentQuantity: left = null } = item;
      const sold = left === null ? quantity : Math.min(quantity, left + returned(item.id));
      const part = (whole: bigint): bigint =>
        sold === quantity ? whole : toCents((whole * BigInt(sold)) / BigInt(quantity));
      const base = part(item.originalTotalSet.shopMoney.amount ?? 0n);
      const off = item.discountAllocations.reduce(
        (sum, { allocatedAmountSet: { shopMoney } }) => sum + (shopMoney.amount ?? 0n),
        0n,
      );
      const paid = base - part(off);
      return {
        id: `line ${numberOf(item.id)}`,
        cells: {
          ...naming.cells(parent.createdAt, parent, item),
          units: String(sold),
          amount: textOf(paid),
          base_amount: textOf(base),
          promoted: paid < base ? '1' : '0',
        },
      };
    });
}
