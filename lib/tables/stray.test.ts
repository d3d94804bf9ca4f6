import { describe, expect, it } from 'vitest';
import { readText } from './read-text.fixture';
import { splitText } from './split-text';

// Rows and lines of a table that are not as the others, and signs that few files have between values.

const names = ['id', 'day', 'item', 'note', 'price'];
const items = ['Oat, rolled', 'Rye bread', 'Malt'];
const rows = Array.from({ length: 12 }, (_, at) => [
  `A-${at + 10}`,
  `2024-03-${at + 10}`,
  items[at % 3]!,
  at % 4 ? '' : 'say "hi"',
  `${at}.5`,
]);
const table = [names, ...rows];
const escaped = (text: string): string => text.replaceAll('"', '""');
const quoted = (cells: string[]): string[] => cells.map((cell) => `"${escaped(cell)}"`);
const bare = (cells: string[]): string[] => cells.map((cell) => (/[",]/.test(cell) ? `"${escaped(cell)}"` : cell));
const write = (lines: string[][], delimiter = ','): string =>
  lines.map((cells) => `${cells.join(delimiter)}\n`).join('');
const other = (width: number, count: number): string =>
  write(
    Array.from({ length: count + 1 }, (_, at) =>
      Array.from({ length: width }, (__, column) => (at ? `${at * column}` : `other ${'abcdefgh'[column]}`)),
    ),
  );
const change = (lines: string[][], at: number, column: number, cell: string): string[][] =>
  lines.map((cells, row) => (row === at ? cells.with(column, cell) : cells));

describe('a quote too many, or one that is missing,', () => {
  const places = [1, 6, 12].flatMap((at) => [0, 1, 2, 4].map((column) => [at, column] as const));
  it.each(places)('in row %i, column %i changes no other value', (at, column) => {
    const all = table.map(quoted);
    const whole = all[at]![column]!;
    for (const cell of [`${whole}"`, whole.slice(0, -1), `"${whole}`]) {
      const read = readText(write(change(all, at, column, cell)));
      expect(change(read, at, column, '')).toEqual(change(table, at, column, ''));
      expect(read[at]![column]!.replaceAll('"', '')).toBe(table[at]![column]);
    }
    const some = table.map(bare);
    if (some[at]![column]!.startsWith('"')) return;
    for (const cell of [`"${some[at]![column]}`, `${some[at]![column]}"`]) {
      const read = readText(write(change(some, at, column, cell)));
      expect(change(read, at, column, '')).toEqual(change(table, at, column, ''));
    }
  });
  it('may look like an end', () => {
    const note = ['A-10', '2024-03-10', 'Oat', 'not bad", at all', '0.5'];
    expect(readText(write([names, note.map((cell) => `"${cell}"`), ...rows.slice(1).map(bare)]))[1]).toEqual(note);
  });
  it('where quotes inside of values are not doubled', () =>
    expect(readText(write(table.map((cells) => cells.map((cell) => `"${cell}"`))))).toEqual(table));
});

describe('in values of several lines, quotes that are not doubled', () => {
  const cells = [...names.with(0, 'key'), 'more'];
  it.each(['one "two" three\nfour', 'one\ntwo "3" four', 'one tw"o\nthree', 'one\nthr"ee, four\nfive'])(
    '%j',
    (note) => {
      const lines = rows.map((row, at) => [
        ...row.map((cell) => cell.replaceAll('"', '')),
        at === 5 ? note : `a\n${at}`,
      ]);
      expect(readText(write([cells, ...lines.map((row) => row.map((cell) => `"${cell}"`))]))).toEqual([
        cells,
        ...lines,
      ]);
    },
  );
  it('and one that is never closed takes no row below along', () => {
    const lines = rows.map((row, at) => [...row.map((cell) => cell.replaceAll('"', '')), `a ${at}`]);
    const written = [cells, ...lines].map((row) => row.map((cell) => `"${cell}"`));
    const read = readText(write(change(change(written, 4, 3, '"open'), 6, 3, '5" long')));
    expect(read).toHaveLength(13);
    expect(read[5]).toEqual(lines[4]);
  });
});

it('keeps a backslash before a quote inside of a value where quotes are said to be doubled', () => {
  const read = (escape?: '') => splitText('"a \\"b\\" c",d', { delimiter: ',', quote: '"', escape })[0]?.fields[0];
  expect([read(''), read()]).toEqual(['a \\"b\\" c', 'a "b" c']);
});

it('ends a value at two quotes where the next one begins: inches', () => {
  const sized = [
    ['item', 'size', 'for'],
    ...Array.from({ length: 9 }, (_, at) => [`Nails ${at}"`, `${at}"`, 'all, "or" some']),
  ];
  expect(readText(write(sized.map((row) => row.map((cell) => `"${cell}"`))))).toEqual(sized);
});

it('does so among numbers without quotes, and reads a row of another delimiter, all of it in quotes', () => {
  const bareNumbers = table.map((cells) => cells.map((cell) => (/^[\d.]*$/.test(cell) ? cell : `"${escaped(cell)}"`)));
  expect(readText(write(change(bareNumbers, 7, 2, 'Malt"')))).toEqual(change(table, 7, 2, 'Malt'));
  const people = [['first', 'last', 'city'], ...Array.from({ length: 9 }, (_, at) => ['Ann', 'Lee', items[at % 3]!])];
  const lines = people.map((cells, at) => cells.map((cell) => `"${cell}"`).join(at === 4 ? ',' : ';'));
  expect(readText(`${lines.join('\n')}\n`)).toEqual(people);
});

it('takes the last quote off a value that lost its first one, where all others have both', () => {
  const all = table.map(quoted);
  expect(readText(write(change(all, 7, 2, 'Malt"')))).toEqual(change(table, 7, 2, 'Malt'));
});

describe('columns one under the other', () => {
  const lines = [
    ['Shop', 'Fiscal Year', 'Net Sales (EUR)', 'n'],
    ['Leeds Central', '2024', '1.50', '1'],
    ['York', '2023', '22.00', '2'],
    ['Hull', '2022', '3.75', '3'],
  ];
  const widths = [13, 11, 15, 1];
  const text = (apart: string, rule = false): string => {
    const padded = lines.map((cells) => cells.map((cell, at) => cell.padEnd(widths[at]!)).join(apart));
    if (rule) padded.splice(1, 0, widths.map((width) => '-'.repeat(width)).join(apart));
    return `${padded.join('\n')}\n`;
  };
  it('may begin with numbers of rows that have no name, as data frames are printed', () => {
    const frame = ['    Shop  Net Sales', '0  Leeds       1.50', '1   York      22.00', '2   Hull       3.75'];
    const read = readText(`${frame.join('\n')}\n`);
    expect(read[0]).toEqual(['', 'Shop', 'Net Sales']);
    expect(read[2]).toEqual(['1', 'York', '22.00']);
  });
  it('may have names of several words', () => expect(readText(text('  '))).toEqual(lines));
  it('stand where dashes do below their names', () => expect(readText(text(' ', true))).toEqual(lines));
});

it('numbers of rows need no name, though a note and another table follow', () => {
  const numbered = rows.map((cells, at) => [`${at + 1}`, ...bare(cells)]);
  expect(readText(`${write([names.with(0, 'code'), ...numbered])}Total,,,,,9\n`)[0]).toEqual([
    '',
    ...names.with(0, 'code'),
  ]);
});

describe('the first row', () => {
  it.each([
    ['lacks a value', rows[0]!.slice(1)],
    ['has one more', ['more', ...rows[0]!]],
  ])('is no second header where it %s', (_name, cells) => {
    expect(readText(write([names, bare(cells), ...rows.slice(1).map(bare)]))[1]!.slice(0, cells.length)).toEqual(cells);
  });
  it('is one where two columns of codes and numbers stand below names', () => {
    const pairs = Array.from({ length: 9 }, (_, at) => [`k${at}`, `${at}.5`]);
    expect(readText(write([['key', 'value'], ['part a', 'part b'], ...pairs]))).toEqual([
      ['key part a', 'value part b'],
      ...pairs,
    ]);
  });
  it('may stand in single quotes, though a value ends with double ones', () => {
    const cells = ['A-10', '2024-03-10', 'Oat, "rolled"', 'x', '0.5'];
    const own = cells.map((cell) => `'${cell}'`);
    expect(readText(write([names, own, ...rows.slice(1).map(bare)]))[1]).toEqual(cells);
  });
});

describe('beside a table', () => {
  const text = write(table.map(bare));
  it.each([
    ['a third one', `${text}\n${other(6, 4)}\n${other(7, 4)}`],
    ['a wider one that is as long', `${text}\n${other(7, 12)}`],
    ['a small one', `${text}\n${other(3, 2)}`],
    ['a note that holds delimiters', `${text}Note: values, where given, are estimates.\n`],
    ['a note in quotes', `${text}"Source: till, ""all"""\n`],
  ])('stands %s', (_name, whole) => expect(readText(whole)).toEqual(table));
  const pairs = [['key', 'value'], ...Array.from({ length: 9 }, (_, at) => [`k${at}`, `${at}.5`])];
  it.each([
    ['a title', `Weekly extract,\n${write(pairs)}`],
    ['two titles and a note', `Weekly extract,\nof all shops,\n${write(pairs)}Source: till,\n`],
    ['notes of several signs', `${write(pairs)}\nSource: till\n* estimated\n** early, may change\n`],
    ['a header of another delimiter', write(pairs).replace('key,', 'key;')],
    ['a header with a blank', write(pairs).replace('key,', 'key ')],
  ])('of two columns stands %s', (_name, whole) => expect(readText(whole)).toEqual(pairs));
  it('a header behind # keeps the sign where no other line has it', () =>
    expect(readText(`# ${text}`)[0]).toEqual(['# id', ...names.slice(1)]));
});

describe('a delimiter', () => {
  const plain = table.map((cells) => cells.map((cell) => cell.replace(', ', ' ').replaceAll('"', '')));
  it.each(['-', '.', 'þ', '…', ', \t', ' ; ', ' | '])('%j', (delimiter) => {
    const cells = plain.map((row) => row.map((cell) => (cell.includes(delimiter.trim() || '\0') ? `"${cell}"` : cell)));
    expect(readText(write(cells, delimiter))).toEqual(plain);
  });
  it('is none of those in addresses, keys, codes and versions', () => {
    for (const cells of [
      ['10.0.0.1', '10.0.0.22', '192.168.1.7', '8.8.8.8', '1.1.1.1', '10.0.0.9'],
      ['Part-No-A', 'X-100-1', 'X-101-2', 'Y-102-3', 'Y-103-4', 'Z-104-5'].slice(1),
    ])
      expect(readText(write(cells.map((cell) => [cell]))).slice(-5)).toEqual(cells.slice(-5).map((cell) => [cell]));
  });
  it.each(['#', '&', '+', '%', '--', 'þ'])('%j, between names and figures', (delimiter) => {
    const pairs = [['key', 'value'], ...Array.from({ length: 9 }, (_, at) => [`k${at}`, `${at}.5`])];
    expect(readText(write(pairs, delimiter))).toEqual(pairs);
  });
  it.each(['.', '-', '_', '/', '?', '；'])('%j, whatever the values hold, where all stand in quotes', (delimiter) => {
    const pairs = [
      ['Country', 'Capital'],
      ['Ger-many', 'Ber.lin'],
      ['Fra_nce', 'Par/is'],
      ['Nor；way', 'Os?lo'],
    ];
    expect(
      readText(
        write(
          pairs.map((cells) => cells.map((cell) => `"${cell}"`)),
          delimiter,
        ),
      ),
    ).toEqual(pairs);
  });
  it.each(['!', '%', '+'])('%j, between words alone', (delimiter) => {
    const pairs = ['Country Capital', 'Peru Lima', 'Cuba Havana', 'Chad Djamena', 'Japan Tokyo', 'Kenya Nairobi'].map(
      (line) => line.split(' '),
    );
    expect(readText(write(pairs, delimiter))).toEqual(pairs);
  });
  it('of a row in quotes as a whole is one, though the header stands in none', () => {
    const whole = [table[0]!.join(','), ...rows.map((row) => `"${escaped(bare(row).join(','))}"`)];
    expect(readText(whole.map((line) => `${line}\n`).join(''))).toEqual(table);
    expect(readText([quoted(names).join(','), ...whole.slice(1)].join('\r\n'))).toEqual(table);
    expect(readText(['sep=,', ...whole, '', 'Source: till'].join('\n'))).toEqual(table);
  });
  it('";;" is one where values hold the half of it, and where others are missing', () => {
    const cells = plain.map((row, at) => (at === 3 ? row.with(2, 'a; b').with(4, '') : row));
    expect(readText(write(cells, ';;'))).toEqual(cells);
  });
  it('is none in a note of two words below two columns', () => {
    const pairs = [['key', 'value'], ...Array.from({ length: 9 }, (_, at) => [`k${at}`, `${at}.5`])];
    expect(readText(`${write(pairs)}Generated 2024-05-01\n`)).toEqual(pairs);
  });
  it('stays the comma where values are padded to the right', () => {
    const widths = names.map((_, at) => Math.max(...plain.map((cells) => cells[at]!.length)));
    const read = readText(write(plain.map((cells) => cells.map((cell, at) => cell.padStart(widths[at]!)))));
    expect(read.map((cells) => cells.map((cell) => cell.trim()))).toEqual(plain);
  });
  it('between two columns of words is one, though a line stands below that is none of them', () => {
    const pairs = [
      ['Country', 'Capital'],
      ['Peru', 'Lima'],
      ['Cuba', 'Havana'],
      ['Japan', 'Tokyo'],
      ['Kenya', 'Nairobi'],
    ];
    expect(readText(`${write(pairs)}EOF\n`)).toEqual(pairs);
  });
  it('may be written as \\t around quotes', () => expect(readText(write(table.map(quoted), '\\t'))).toEqual(table));
});
