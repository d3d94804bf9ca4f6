import type { Field, ImportKind, Mapping } from '@/lib/contract/imports';
import { fieldsGiven } from '@/lib/mapping/made';

interface Described {
  label: string;
  /** What belongs there. */
  hint: string;
}

export const fields: Record<Field, Described> = {
  date: { label: 'Date', hint: 'When it was sold; for weekly data any day of the week' },
  time: { label: 'Time of day', hint: 'Where it is not part of the date' },
  store: { label: 'Store', hint: 'Store or outlet id' },
  store_name: { label: 'Store name', hint: 'As people know it' },
  region: { label: 'Region', hint: 'Where the store is' },
  channel: { label: 'Channel', hint: 'What kind of store it is' },
  shopper: { label: 'Shopper', hint: 'Household, loyalty card or customer id; empty is anonymous' },
  receipt: { label: 'Receipt', hint: 'Basket, invoice or transaction id' },
  product: { label: 'Product', hint: 'SKU, UPC, EAN or item code' },
  product_name: { label: 'Product name', hint: 'As people know it' },
  brand: { label: 'Brand', hint: '' },
  manufacturer: { label: 'Manufacturer', hint: 'Who owns the brand' },
  category_1: { label: 'Category, top level', hint: 'The widest: department' },
  category_2: { label: 'Category, second level', hint: 'Inside the top level' },
  category_3: { label: 'Category, third level', hint: 'The narrowest' },
  pack_size: { label: 'Pack size', hint: 'Such as 500 g, 6 x 0.33 l, or a number' },
  pack_unit: { label: 'Pack unit', hint: 'kg, g, l, ml, where the pack size is a bare number' },
  units: { label: 'Units', hint: 'How many were sold; without it every row is one' },
  amount: { label: 'Amount', hint: 'What was paid for the line' },
  unit_price: { label: 'Unit price', hint: 'Paid for one unit' },
  base_price: { label: 'Base price', hint: 'Regular price of one unit' },
  base_amount: { label: 'Base amount', hint: 'The line at its regular price' },
  discount: { label: 'Discount', hint: 'Part of the regular price that was taken off, such as 20 % or 0.2' },
  promoted: { label: 'Promoted', hint: 'Yes or no, of any kind' },
  price_reduction: { label: 'Price reduction', hint: 'Yes or no' },
  feature: { label: 'Feature', hint: 'In a leaflet or mailer' },
  display: { label: 'Display', hint: 'Placed a second time in the store' },
  coupon: { label: 'Coupon', hint: 'Paid with one' },
  is_return: { label: 'Return', hint: 'Marks rows that take back a sale' },
};

interface Group {
  name: string;
  fields: readonly Field[];
}

export const groups: Record<ImportKind, readonly Group[]> = {
  transactions: [
    {
      name: 'When and how much',
      fields: ['date', 'time', 'amount', 'units', 'unit_price', 'base_price', 'base_amount', 'discount'],
    },
    {
      name: 'What was bought',
      fields: [
        'product',
        'product_name',
        'brand',
        'manufacturer',
        'category_1',
        'category_2',
        'category_3',
        'pack_size',
      ],
    },
    { name: 'Who and where', fields: ['shopper', 'receipt', 'store', 'region', 'channel'] },
    {
      name: 'Promotion and returns',
      fields: ['promoted', 'price_reduction', 'feature', 'display', 'coupon', 'is_return'],
    },
  ],
  products: [
    {
      name: 'Product',
      fields: ['product', 'product_name', 'brand', 'manufacturer'],
    },
    { name: 'Category and size', fields: ['category_1', 'category_2', 'category_3', 'pack_size', 'pack_unit'] },
  ],
  stores: [{ name: 'Store', fields: ['store', 'store_name', 'region', 'channel'] }],
};

/** Whether a file cannot do without the field, given what else is mapped. */
export function isRequired(field: Field, kind: ImportKind, mapping: Mapping): boolean {
  const { amountFrom } = mapping;
  const given = fieldsGiven(mapping);
  if (kind === 'products') return field === 'product';
  if (kind === 'stores') return field === 'store';
  if (field === 'date') return true;
  if (field === 'product') return !given.includes('brand');
  if (field === 'brand') return !given.includes('product');
  if (field === 'units') return mapping.grain === 'week' && amountFrom === 'unit_price';
  if (field === 'amount') return amountFrom === 'amount';
  return field === 'unit_price' && amountFrom === 'unit_price';
}
