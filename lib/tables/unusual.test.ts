import { describe, expect, it } from 'vitest';
import { readText } from './read-text.fixture';

// Tables that are written as few files are.

const table = [
  ['day', 'store', 'item', 'units', 'price'],
  ...Array.from({ length: 12 }, (_, at) => [
    `2024-03-${at + 10}`,
    `S${at % 3}`,
    ['Oat drink', 'Rye bread'][at % 2]!,
    `${at + 1}`,
    `${at}.5`,
  ]),
];
const sparse = [
  ['id', 'a', 'b', 'c', 'd'],
  ...Array.from({ length: 12 }, (_, at) => [`${at}`, at % 4 ? '' : '7', '', at % 5 ? '' : '12', at % 3 ? '' : '5']),
];
const words = [
  ['name', 'kind', 'note'],
  ...Array.from({ length: 9 }, (_, at) => [
    `Item ${'abcdefghi'[at]}`,
    ['dry', 'wet'][at % 2]!,
    at % 3 ? 'good, cheap' : 'ok',
  ]),
];
const write = (rows: string[][], delimiter: string, newline = '\n'): string =>
  rows.map((row) => row.join(delimiter) + newline).join('');
const quoted = (open: string, close: string) => (rows: string[][]) =>
  rows.map((row) => row.map((cell) => open + cell + close));

describe('a delimiter', () => {
  it.each([
    '/',
    '_',
    '%',
    '=',
    '+',
    '\\',
    '¶',
    '¬',
    '•',
    '\u001e',
    ' - ',
    ' , ',
    ';\t',
    '[|]',
    '--',
    '@|@',
    '\t|\t',
    ' :: ',
  ])('%j', (delimiter) => expect(readText(write(table, delimiter))).toEqual(table));
  it.each(['|~|', '->', '@|@', ':::'])('%j, with many values missing', (delimiter) =>
    expect(readText(write(sparse, delimiter))).toEqual(sparse),
  );
  it('below more titles than rows, and with the same sign beside it', () => {
    const titles = Array.from({ length: 11 }, (_, at) => `Line ${at} of the terms of use\n`).join('');
    expect(readText(titles + write(table, ','))).toEqual(table);
    expect(readText(write(words, ',\t'))).toEqual(words);
  });
  it('that is a blank, around quotes behind backslashes', () => {
    const texts = ['"Quoted" at start', 'ends with "quote"', 'They said "back will" twice.', 'On come, and on.'];
    const said = [
      ['id', 'title', 'text', 'n'],
      ...Array.from({ length: 24 }, (_, at) => [`${at}`, 'And it was', texts[at % 4]!, '5']),
    ];
    const text = said.map((row) => row.map((cell) => (cell.includes(' ') ? `"${cell.replaceAll('"', '\\"')}"` : cell)));
    expect(readText(write(text, ' '))).toEqual(said);
  });
  it('in rows of two values that stand in quotes as a whole', () => {
    const pairs = [['key', 'value'], ...Array.from({ length: 9 }, (_, at) => [`k${at}`, `${at}.5`])];
    expect(readText(pairs.map((row) => `"${row.join(',')}"\n`).join(''))).toEqual(pairs);
  });
  it('among blanks that fill up columns', () => {
    const padded = sparse.map((row) => row.map((cell) => cell.padEnd(2)));
    expect(readText(write(padded, ',')).map((row) => row.map((cell) => cell.trim()))).toEqual(sparse);
  });
  it('that is a blank, between codes', () => {
    const codes = [['code', 'parent', 'kind'], ...Array.from({ length: 9 }, (_, at) => [`AB-${at}7`, `X${at}`, 'dry'])];
    expect(readText(write(codes, ' '))).toEqual(codes);
  });
  it('is no blank inside of names below one name', () => {
    const names = [['Product'], ...Array.from({ length: 25 }, (_, at) => [`Oat drink ${at}`])];
    expect(readText(write(names, ','))).toEqual(names);
  });
});

describe('quotes', () => {
  it.each([
    ['`', '`'],
    ['“', '”'],
    ['„', '“'],
    ['‘', '’'],
    ['«', '»'],
  ])('%s %s', (open, close) => {
    expect(readText(write(quoted(open, close)(words), ','))).toEqual(words);
    const where = words.map((row) => row.map((cell) => (cell.includes(',') ? open + cell + close : cell)));
    expect(readText(write(where, ','))).toEqual(words);
  });
  it('that hold nothing together are signs of the text', () => {
    const titles = [['id', 'title'], ...Array.from({ length: 9 }, (_, at) => [`${at}`, at % 2 ? '“Rain”' : 'Snow'])];
    expect(readText(write(titles, ','))).toEqual(titles);
  });
  it('as spreadsheets put them around a number that stays a text', () => {
    const codes = [['ean', 'units'], ...Array.from({ length: 6 }, (_, at) => [`00400${at}`, `${at}`])];
    const text = write(
      codes.map(([ean, units], at) => [at === 0 ? ean! : `="${ean}"`, units!]),
      ',',
    );
    expect(readText(text)).toEqual(codes);
  });
});

describe('a table drawn with lines', () => {
  const widths = table[0]!.map((_, at) => Math.max(...table.map((row) => row[at]!.length)));
  const padded = table.map((row) => row.map((cell, at) => cell.padEnd(widths[at]!)));
  const rule = (sign: string, cross: string, edge = ''): string =>
    `${edge}${widths.map((width) => sign.repeat(width + 2)).join(cross)}${edge}\n`;
  const rows = (sign: string, edge = sign): string[] =>
    padded.map((row) => `${edge} ${row.join(` ${sign} `)} ${edge}\n`);
  const drawn: Record<string, string> = {
    Markdown: rows('|')
      .toSpliced(1, 0, rule('-', '|', '|'))
      .join(''),
    'Markdown of single dashes': write(table, '|')
      .replace('\n', '\n|:-|:-:|-|-|-:|\n')
      .replaceAll(/^(?=[^|])|(?<=[^|])$/gm, '|'),
    'Markdown without edges': write(table, ' | ').replace('\n', '\n--- | --- | --- | --- | ---\n'),
    psql: `${rows('|', '').toSpliced(1, 0, rule('-', '+')).join('')}(12 rows)\n\n`,
    mysql:
      rule('-', '+', '+') +
      rows('|')
        .toSpliced(1, 0, rule('-', '+', '+'))
        .join('') +
      rule('-', '+', '+'),
    'a frame of box characters': `┌${rule('─', '┬').trim()}┐\n${rows('│')
      .toSpliced(1, 0, rule('─', '┼', '┼'))
      .join('')}└${rule('─', '┴').trim()}┘\n`,
    'a line below columns that stand one under the other': padded
      .map((row) => `${row.join('  ')}\n`)
      .toSpliced(1, 0, `${widths.map((width) => '-'.repeat(width)).join('  ')}\n`)
      .join(''),
    'a line below a header between commas': write(table, ',').replace('\n', '\n---,---,---,---,---\n'),
  };
  it.each(Object.entries(drawn))('%s', (_name, text) => expect(readText(text)).toEqual(table));
  it('keeps a pipe that is part of a value', () => {
    expect(readText('| a | b |\n|---|---|\n| x \\| y | 1 |\n| z | 2 |\n')).toEqual([
      ['a', 'b'],
      ['x | y', '1'],
      ['z', '2'],
    ]);
  });
  it('is none where values are dashes', () => {
    const dashes = [
      ['a', 'b'],
      ['1', '2'],
      ['--', '--'],
      ['3', '4'],
    ];
    expect(readText(write(dashes, ','))).toEqual(dashes);
  });
});

describe('records end', () => {
  it.each(['|\n', ';\n', '#\n', '@@@\r\n', '\u001e', '\u2028', '\u0085', '\v', '\f', '\\n', '|', '~'])(
    'at %j',
    (newline) => expect(readText(write(table, ',', newline))).toEqual(table),
  );
  it('at a sign that a title does not have', () =>
    expect(readText(`Weekly report\n\n${write(table, ',', '@@@\n')}`)).toEqual(table));
  it('at a sign, though values hold line breaks', () => {
    const rows = [['id', 'text'], ...Array.from({ length: 9 }, (_, at) => [`${at}`, at % 2 ? '"one;\ntwo"' : 'one'])];
    const wanted = rows.map((row) => row.map((cell) => cell.replaceAll('"', '')));
    expect(readText(write(rows, ',', '\u001e'))).toEqual(wanted);
    expect(readText(write(rows, ','))).toEqual(wanted);
  });
  it('also with units set apart as ASCII does', () =>
    expect(readText(write(table, '\u001f', '\u001e'))).toEqual(table));
});

describe('beside the table', () => {
  it('a header behind the sign of a comment is one', () => {
    expect(readText(`# made by hand\n# ${write(table, ',')}`)).toEqual(table);
    expect(readText(`# ${write(table, ' ').replaceAll('t d', 't_d').replaceAll('e b', 'e_b')}`)[0]).toEqual(table[0]);
  });
  it('numbers of rows before all other values need no name', () => {
    const numbered = table.map((row, at) => (at === 0 ? row : [`${at}`, ...row]));
    expect(readText(write(numbered, ','))).toEqual([['', ...table[0]!], ...numbered.slice(1)]);
    const ids = [['id', 'day'], ...numbered.slice(1).map((row) => row.slice(0, 3))];
    expect(readText(write(ids, ','))[0]).toEqual(['id', 'day']);
  });
  it('units in brackets below names are part of the header', () => {
    const units = words[0]!.map((_, at) => `[unit ${at}]`);
    expect(
      readText(
        write([words[0]!, units, ...words.slice(1).map((row) => row.map((cell) => cell.replace(',', '')))], ','),
      )[0],
    ).toEqual(words[0]!.map((name, at) => `${name} ${units[at]}`));
  });
  it('one group above the last columns is part of their names', () =>
    expect(readText(`,,,sold,\n${write(table, ',')}`)[0]).toEqual([
      'day',
      'store',
      'item',
      'sold units',
      'sold price',
    ]));
  it('a note with a comma right below is none of its rows', () =>
    expect(readText(`${write(table, ',')}Source: till, all stores\n`)).toEqual(table));
  it('a second table of the same width has a title', () => {
    const other = [['p', 'q', 'r', 's', 't'], ...Array.from({ length: 5 }, (_, at) => ['1', '2', '3', '4', `${at}`])];
    expect(readText(`First\n${write(table, ',')}\nSecond\n${write(other, ',')}`)).toEqual(table);
  });
  it('a second table of numbers stands below one of words', () => {
    const plain = words.map((row) => row.map((cell) => cell.replace(',', '')));
    const other = [['p', 'q', 'r'], ...Array.from({ length: 5 }, (_, at) => ['1', '2', `${at}`])];
    expect(readText(`${write(plain, ',')}\n${write(other, ',')}`)).toEqual(plain);
  });
});

it('UTF-16 without a mark is told from letters that are not Latin', () => {
  const rows = [['Товар', 'Город', 'Цена'], ...Array.from({ length: 9 }, (_, at) => ['Хлеб', 'Омск', `${at}.50`])];
  const bytes = Buffer.from(write(rows, ','), 'utf16le');
  expect(readText(bytes)).toEqual(rows);
  expect(readText(bytes.swap16())).toEqual(rows);
});
