import { expect, it } from 'vitest';
import { amountOf, textOf } from './amount';

it.each([
  ['12.50', '12.50'],
  ['12.5', '12.50'],
  ['0', '0.00'],
  ['-0.01', '-0.01'],
  ['1234567.123456', '1234567.123456'],
  ['3.1400', '3.14'],
  ['100', '100.00'],
])('%s is %s', (given, written) => {
  expect(textOf(amountOf(given)!)).toBe(written);
});

it.each(['', '1,50', '1e3', 'NaN', '.5', '1.1234567'])('"%s" is no amount', (given) => {
  expect(amountOf(given)).toBeNull();
});
