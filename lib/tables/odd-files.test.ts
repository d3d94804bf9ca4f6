import { describe, expect, it } from 'vitest';
import { readText } from './read-text.fixture';

// Files as the world has them, small and of own making: each is easily taken for something else.

const many = <T>(count: number, cell: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => cell(at));
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
  'breaks of all kinds, and an escaped delimiter': [
    'id,name,n\r1,Oat\\, rolled,5\r\n2,Rye\\, ground,6\n3,Malt,7\r\r\n4,Bran,8',
    [
      ['id', 'name', 'n'],
      ...['Oat, rolled', 'Rye, ground', 'Malt', 'Bran'].map((name, at) => [`${at + 1}`, name, `${at + 5}`]),
    ],
  ],
  'backslashes that are escaped, too': [
    lines('path,said', ...many(5, (at) => `"C:\\\\d${at}\\\\","say \\"${at}\\", twice"`)),
    [['path', 'said'], ...many(5, (at) => `C:\\d${at}\\`).map((path, at) => [path, `say "${at}", twice`])],
  ],
  'comments between rows, one as wide as they': [
    lines('tag,n', '#one,1', '# from here, by hand', '#two,2', '#', '#three,3'),
    [['tag', 'n'], ...['#one', '#two', '#three'].map((tag, at) => [tag, `${at + 1}`])],
  ],
  'rows at the end that hold little': [
    lines(
      'a,b,c,d,e,f,g,h',
      ...many(10, (at) => `${at},1,2,3,4,5,6,7`),
      ...many(6, (at) => `${at},,,,,,,`),
      'Source: till',
    ),
    [
      [...'abcdefgh'],
      ...many(10, String).map((at) => [at, ...'1234567']),
      ...many(6, String).map((at) => [at, '', '', '', '', '', '', '']),
    ],
  ],
  'notes that hold the delimiter below a blank row': [
    lines(
      'day,store,units,price',
      ...many(9, (at) => `2024-01-${two(at)},S1,${at},2.5`),
      '',
      'Note: may change, later',
      '* kg',
    ),
    [['day', 'store', 'units', 'price'], ...many(9, (at) => [`2024-01-${two(at)}`, 'S1', `${at}`, '2.5'])],
  ],
  'titles as wide as the table': [
    lines('Report,Survey', 'Date,2024-01-01', 'User,me', 'id,value', ...many(12, (at) => `${at},${at}.5`)),
    [['id', 'value'], ...many(12, (at) => [`${at}`, `${at}.5`])],
  ],
  'many lines above of text that holds the delimiter': [
    lines(
      ...many(12, (at) => `Line ${at} of the terms, as of today.`),
      '',
      'name,id,n',
      ...many(10, (at) => `x${at},${at},5`),
    ),
    [['name', 'id', 'n'], ...many(10, (at) => [`x${at}`, `${at}`, '5'])],
  ],
  'a header with another delimiter than its rows': [
    lines('id;name;n', ...many(9, (at) => `${at},Oat,5`)),
    [['id', 'name', 'n'], ...many(9, (at) => [`${at}`, 'Oat', '5'])],
  ],
  'names of groups above names, all values text': [
    lines(
      'Maker,,Item,,',
      'name,city,name,kind,mark',
      ...many(6, (at) => `M${'abcdef'[at]},Bern,Oat,dry,${'uvwxyz'[at]}`),
    ),
    [
      ['Maker name', 'Maker city', 'Item name', 'Item kind', 'Item mark'],
      ...many(6, (at) => [`M${'abcdef'[at]}`, 'Bern', 'Oat', 'dry', 'uvwxyz'[at]!]),
    ],
  ],
  'a delimiter that the first line tells': [
    lines('sep=;', 'a;b', ...many(6, (at) => `x,${at};y,z`)),
    [['a', 'b'], ...many(6, (at) => [`x,${at}`, 'y,z'])],
  ],
};

const text = (row: string[]): string => row.join(',');

describe('without a header', () => {
  const tables: Record<string, string[][]> = {
    codes: many(8, (at) => `AB-${two(at)}`).map((code) => [code, `{${code}}`]),
    'words that come again': many(8, (at) => ['Oat', 'Rye'][at % 2]!).map((name, at) => [
      name,
      ['red', 'blue', 'green'][at % 3]!,
    ]),
    hashes: many(8, (at) => [`9f${two(at)}c04e7d21aa`]),
  };
  it.each(Object.entries(tables))('%s', (_name, rows) => {
    expect(readText(lines(...rows.map(text)))).toEqual([rows[0]!.map((_, at) => `Column ${at + 1}`), ...rows]);
  });
});

describe('a file that is easily misread', () => {
  it.each(Object.entries(files))('%s', (_name, [text, rows]) => expect(readText(text)).toEqual(rows));
});
