import 'server-only';
import { z } from 'zod';
import type { ShopifyAdminSource } from '@/lib/contract/connector-sources';
import type { Row } from '../shopify/product';
import { numberOf, objectsOf } from './objects';

export const productsQuery = `{
  products { edges { node {
    id title handle vendor productType tags
    variants { edges { node { id title sku barcode price compareAtPrice selectedOptions { name value } } } }
  } } }
}`;

const text = z
  .string()
  .nullish()
  .transform((value) => (value ?? '').replace(/\s+/g, ' ').trim());

const product = z.object({
  id: z.string(),
  title: text,
  handle: text,
  vendor: text,
  productType: text,
  tags: z.array(z.string()).default([]),
});
const variant = z.object({
  id: z.string(),
  title: text,
  sku: text,
  barcode: text,
  price: text,
  compareAtPrice: text,
  selectedOptions: z.array(z.object({ name: text, value: text })).default([]),
});

const only = 'Default Title';

/** What names a product, in its file and in the lines of orders alike. */
export const codeOf = (rule: ShopifyAdminSource['productCode'], sku: string, variantId: string): string =>
  rule === 'sku' && sku !== '' ? sku : variantId;

/** The rows of the store's file of products, a thing at a time. */
export async function* rowsOfFile(path: string, rule: ShopifyAdminSource['productCode']): AsyncGenerator<Row[]> {
  for await (const { parent, children } of objectsOf(path, product, variant))
    yield children.map((one) => ({
      code: codeOf(rule, one.sku, numberOf(one.id)),
      name: one.title === '' || one.title === only ? parent.title : `${parent.title} – ${one.title}`,
      brand: parent.vendor,
      type: parent.productType,
      handle: parent.handle,
      product: numberOf(parent.id),
      variant: numberOf(one.id),
      sku: one.sku,
      barcode: one.barcode,
      price: one.price,
      before: one.compareAtPrice,
      tags: parent.tags.join(', '),
      options: Object.fromEntries(
        one.selectedOptions
          .filter(({ name, value }) => name !== '' && value !== '' && value !== only)
          .map(({ name, value }) => [name, value]),
      ),
    }));
}
