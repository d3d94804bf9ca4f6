import { expect, it } from 'vitest';
import { delimiters, endings, nameSign } from './signs';

it.each([
  ['|', 'Pipe'],
  ['|\n', '| and a line break'],
  ['@@@\r\n', '@@@ and a line break'],
  ['\u0001\n', 'U+0001 and a line break'],
  ['#*', '#*'],
])('what ends rows, %j, is told as %s', (sign, told) => {
  expect(nameSign(sign, endings)).toBe(told);
});

it.each([
  [' ', 'Blank'],
  ['| ', '| and a blank'],
  ['\t|', 'a tab and |'],
])('what separates values, %j, is told as %s', (sign, told) => {
  expect(nameSign(sign, delimiters)).toBe(told);
});
