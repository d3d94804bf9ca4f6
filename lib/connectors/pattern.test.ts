import { expect, it } from 'vitest';
import { matcher } from './pattern';

it.each([
  ['*', 'a.csv', true],
  ['*.csv', 'Sales.CSV', true],
  ['*.csv', 'sales.csv.gz', false],
  ['sales-*-2024??.csv', 'sales-north-202401.csv', true],
  ['sales-*-2024??.csv', 'sales-north-20241.csv', false],
  ['a*b*c', 'a-b-b-c', true],
  ['a*a', 'a', false],
  ['*aa*aa', 'aaa', false],
  ['exact.csv', 'exact.csv', true],
  ['exact.csv', 'exact.csv2', false],
  ['*', '.hidden', false],
  ['(a|b)+.csv', '(a|b)+.csv', true],
  ['**a**', 'bab', true],
])('%s fits %s: %s', (pattern, name, fits) => {
  expect(matcher(pattern)(name)).toBe(fits);
});

it('takes no longer for many stars', () => {
  const started = Date.now();
  expect(matcher(`${'*a'.repeat(100)}b`)('a'.repeat(255))).toBe(false);
  expect(Date.now() - started).toBeLessThan(100);
});
