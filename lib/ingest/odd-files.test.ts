import { describe, expect, it } from 'vitest';
import { readText } from './read-text.fixture';

// Files as the world has them, small and of own making: each is easily taken for something else.

const many = (count: number, cell: (at: number) => string): string[] =>
  Array.from({ length: count }, (_, at) => cell(at));
const lines = (...rows: string[]): string => `${rows.join('\n')}\n`;
const two = (at: number): string => String(at + 10);

describe('a single column stays one', () => {
  const columns: Record<string, string[]> = {
    'words with slashes': ['Industry', 'Food/Drink', 'Travel/Leisure', 'Air/Space'],
    numbers: ['id', ...many(20, String)],
    times: ['time', ...many(20, (at) => `12:${two(at)}:05`)],
    days: ['day', ...many(18, (at) => `${two(at)}/02/2020`)],
    'times of days': ['when', ...many(20, (at) => `2020-01-${two(at)} 12:10:05`)],
    names: ['Full name', ...many(20, (at) => `Ada Byron${at}`)],
    links: ['url', ...many(20, (at) => `https://shop.example/a/b?x=${at}&y=2`)],
    addresses: ['email', ...many(20, (at) => `a_${at}@shop.example`)],
    paths: ['file', ...many(20, (at) => `/usr/lib/x_${at}.so`)],
    'names of programs': ['key', ...many(20, (at) => `gene_${at}_x`)],
    sentences: ['text', 'It rained', 'We left at noon', 'The shop is shut today, and tomorrow', 'Why not'],
  };
  it.each(Object.entries(columns))('%s', (_name, cells) => {
    expect(readText(lines(...cells))).toEqual(cells.map((cell) => [cell]));
  });
  it('with quotes around its values', () => {
    const cells = many(12, (at) => `Hello, world; it is ${at}: fine`);
    expect(readText(lines('"text"', ...cells.map((cell) => `"${cell}"`)))).toEqual([
      ['text'],
      ...cells.map((c) => [c]),
    ]);
  });
});

const files: Record<string, [text: string, rows: string[][]]> = {
  'sentences between tabs': [
    lines('id\ttext', ...many(20, (at) => `${at}\tOne, two, three, ${at}`)),
    [['id', 'text'], ...many(20, String).map((at) => [at, `One, two, three, ${at}`])],
  ],
  'values between tabs that begin with a quote': [
    lines('id\tkinds\ttitle', ...many(9, (at) => `t${at}\tDrama,Comedy\t"Quoted start ${at}`)),
    [
      ['id', 'kinds', 'title'],
      ...many(9, (at) => `t${at}`).map((id, at) => [id, 'Drama,Comedy', `"Quoted start ${at}`]),
    ],
  ],
  'comments that hold the delimiter above': [
    lines('# made by hand, twice', '# all, of it', 'a,b,c', ...many(5, (at) => `${at},x,y`)),
    [['a', 'b', 'c'], ...many(5, String).map((at) => [at, 'x', 'y'])],
  ],
  'lists of words between commas': [
    lines('shape,day,tags', ...many(9, (at) => `POINT (20.7 3${at}.7),04/06/20${two(at)},red|blue|${at}`)),
    [
      ['shape', 'day', 'tags'],
      ...many(9, two).map((at, n) => [`POINT (20.7 3${n}.7)`, `04/06/20${at}`, `red|blue|${n}`]),
    ],
  ],
  'a delimiter of several signs': [
    lines('a|~|b|~|c', ...many(9, (at) => `${at}|~|x~y|~|1,5`)),
    [['a', 'b', 'c'], ...many(9, String).map((at) => [at, 'x~y', '1,5'])],
  ],
};

describe('a file that is easily misread', () => {
  it.each(Object.entries(files))('%s', (_name, [text, rows]) => expect(readText(text)).toEqual(rows));
});
