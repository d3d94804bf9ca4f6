import 'server-only';
import { z } from 'zod';
import type { ShopifySource } from '@/lib/contract/connector-sources';

// A product as the store's public list shows it. What is not needed is not looked at.

const id = z.union([z.number(), z.string().min(1)]).transform(String);
const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) =>
    String(value ?? '')
      .replace(/\s+/g, ' ')
      .trim(),
  );

export const product = z.object({
  id,
  title: text,
  handle: text,
  vendor: text,
  product_type: text,
  tags: z
    .union([z.array(z.string()), z.string()])
    .nullish()
    .transform((tags) => (Array.isArray(tags) ? tags.join(', ') : (tags ?? ''))),
  options: z.array(z.object({ name: text, position: z.number().nullish() })).nullish(),
  variants: z
    .array(
      z.object({
        id,
        title: text,
        sku: text,
        option1: text,
        option2: text,
        option3: text,
        price: text,
        compare_at_price: text,
        barcode: text,
      }),
    )
    .nullish(),
});
export type Product = z.output<typeof product>;

/** One row of the file: a variant. */
export interface Row {
  code: string;
  name: string;
  brand: string;
  type: string;
  handle: string;
  product: string;
  variant: string;
  sku: string;
  barcode: string;
  price: string;
  before: string;
  tags: string;
  /** By the option's name. */
  options: Record<string, string>;
}

/** A product that comes in one form has one option that says so. */
const only = 'Default Title';

export function rowsOf(one: Product, productCode: ShopifySource['productCode']): Row[] {
  const options = one.options ?? [];
  const variants = one.variants ?? [];
  return variants.map((variant) => {
    const values = [variant.option1, variant.option2, variant.option3];
    const named = options.flatMap(({ name }, at) => {
      const value = values[at] ?? '';
      return name !== '' && value !== '' && value !== only ? [[name, value] as const] : [];
    });
    return {
      code: productCode === 'sku' && variant.sku !== '' ? variant.sku : variant.id,
      name: variant.title === '' || variant.title === only ? one.title : `${one.title} – ${variant.title}`,
      brand: one.vendor,
      type: one.product_type,
      handle: one.handle,
      product: one.id,
      variant: variant.id,
      sku: variant.sku,
      barcode: variant.barcode,
      price: variant.price,
      before: variant.compare_at_price,
      tags: one.tags,
      options: Object.fromEntries(named),
    };
  });
}

/** Says how many variants are not in the file, as another that came before has their code. */
export const repeatedNote = (count: number): string =>
  count === 1
    ? '1 variant repeats the SKU of another and is left out.'
    : `${count.toLocaleString('en')} variants repeat the SKU of another and are left out.`;
