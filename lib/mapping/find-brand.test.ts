import { expect, it } from 'vitest';
import { brandFinder } from './find-brand';

const find = brandFinder([
  'Coca-Cola',
  'Coca-Cola Zero',
  'Dove',
  "Kellogg's",
  'Nestlé',
  'L',
  '!!',
  'Zero',
  'Häagen-Dazs',
]);

it.each<[string, string | null]>([
  ['COCA COLA 330ML', 'Coca-Cola'],
  ['coca-cola zero 6x330', 'Coca-Cola Zero'],
  ['Coca - Cola® Classic', 'Coca-Cola'],
  ['KELLOGGS CORN FLAKES', "Kellogg's"],
  ['Kellogg’s Corn Flakes', "Kellogg's"],
  ['NESTLE water', 'Nestlé'],
  ['HAAGEN DAZS vanilla', 'Häagen-Dazs'],
  ['Dovecote soap', null],
  ['soap DOVE', 'Dove'],
  ['DOVE™ soap', 'Dove'],
  ['Coca without the other word', null],
  ['1 L of milk', 'L'],
  ['Dove and zero', 'Dove'],
  ['', null],
  ['!!', null],
])('in "%s" finds %s', (text, brand) => {
  expect(find(text)).toBe(brand);
});
