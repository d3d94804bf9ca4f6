import { expect, it } from 'vitest';
import { mapping as shape, type ImportKind } from '@/lib/contract/imports';
import { faultSentence, mappingFaults } from './mapping-faults';

const columns = ['d', 'p', 'b', 'a', 's'];
const faults = (kind: ImportKind, given: Parameters<typeof shape.parse>[0]): string[] =>
  mappingFaults(kind, shape.parse(given), columns).map(({ field }) => field);
const lines = { date: 'd', product: 'p', amount: 'a' };

it('fits', () => {
  expect(faults('transactions', { columns: lines })).toEqual([]);
  expect(
    faults('transactions', { columns: { date: 'd', brand: 'b', unit_price: 'a' }, amountFrom: 'unit_price' }),
  ).toEqual([]);
  expect(faults('products', { columns: { product: 'p' }, attributes: [{ column: 'b', of: 'product' }] })).toEqual([]);
  expect(faults('stores', { columns: { store: 's' } })).toEqual([]);
});

it.each<[ImportKind, Parameters<typeof shape.parse>[0], string]>([
  ['transactions', { columns: { product: 'p', amount: 'a' } }, 'mapping.columns.date'],
  ['transactions', { columns: { date: 'd', amount: 'a' } }, 'mapping.columns.product'],
  ['transactions', { columns: { date: 'd', product: 'p' } }, 'mapping.columns.amount'],
  ['transactions', { columns: lines, amountFrom: 'unit_price' }, 'mapping.columns.unit_price'],
  ['transactions', { columns: { ...lines, store: 'zzz' } }, 'mapping.columns.store'],
  ['transactions', { columns: { ...lines, colour: 'b' } }, 'mapping.columns.colour'],
  ['transactions', { columns: lines, dateFormat: 'MM' }, 'mapping.dateFormat'],
  ['transactions', { columns: lines, attributes: [{ column: 'b', of: 'shopper' }] }, 'mapping.attributes.0'],
  ['transactions', { columns: lines, attributes: [{ column: 'zzz', of: 'product' }] }, 'mapping.attributes.0'],
  ['products', { columns: { brand: 'b' } }, 'mapping.columns.product'],
  ['products', { columns: { product: 'p', amount: 'a' } }, 'mapping.columns.amount'],
  ['stores', { columns: { region: 'b' } }, 'mapping.columns.store'],
])('a %s file with %j: %s', (kind, given, field) => expect(faults(kind, given)).toEqual([field]));

it.each([
  ['mapping.columns.date', 'date: wrong'],
  ['mapping.dateFormat', 'dateFormat: wrong'],
  ['mapping.attributes.0', 'attribute: wrong'],
])('says a fault of %s in the words of a reader', (field, wanted) =>
  expect(faultSentence({ field, message: 'wrong' })).toBe(wanted),
);
