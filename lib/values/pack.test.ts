import { expect, it } from 'vitest';
import { parseFlag } from './flag';
import { parsePack } from './pack';

it.each([
  ['250 g', '0.25', 'kg'],
  ['15 OZ', '0.425243', 'kg'],
  ['1.5 L', '1.5', 'l'],
  ['1,5 kg', '1.5', 'kg'],
  ['.5 LB', '0.226796', 'kg'],
  ['330ml', '0.33', 'l'],
  ['16.9 FL OZ', '0.499793', 'l'],
  ['16.9 fl. oz.', '0.499793', 'l'],
  ['12 x 330 ml', '3.96', 'l'],
  ['6x1.5L', '9', 'l'],
  ['12 PK/12 OZ', '4.082331', 'kg'],
  ['4 pack 330 ml', '1.32', 'l'],
  ['1/2 GAL', '1.892706', 'l'],
  ['GAL', '3.785412', 'l'],
  ['1 LT', '1', 'l'],
  ['16 CT', '16', 'piece'],
  ['100 g.', '0.1', 'kg'],
])('reads %s as %s %s', (text, size, unit) => expect(parsePack(text)).toEqual({ size, unit }));

it.each(['', '10', 'large', 'CTN', '18 IN', '0 g', '-5 g', '1/0 GAL', '12 x', 'constructor', '1e9 kg'])(
  'takes %j for no size',
  (text) => expect(parsePack(text)).toBeNull(),
);

it('reads yes and no', () => {
  expect(['1', 'Y', ' yes ', 'TRUE', 'x', '2', '0.5'].map(parseFlag)).toEqual(Array(7).fill(true));
  expect(['0', '', 'n', 'No', 'false', '-', '0.0'].map(parseFlag)).toEqual(Array(7).fill(false));
  expect(['maybe', '-1', 'A'].map(parseFlag)).toEqual([null, null, null]);
});
