import { describe, expect, it } from 'vitest';
import { readText } from './read-text.fixture';

// Clean tables, each spoilt in one way as files of this world are, must come out as they were.

interface Style {
  delimiter: string;
  quote: string;
  escape: (text: string) => string;
  newline: string;
}
const plain: Style = { delimiter: ',', quote: '"', escape: (text) => text.replaceAll('"', '""'), newline: '\r\n' };

/** A small generator of its own, so that each table is the same in every run. */
function drawn(seed: number): (most: number) => number {
  let state = seed * 2654435761;
  return (most) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) >>> 0;
    return state % most;
  };
}

const texts = [
  'Oat drink',
  'Café crème',
  '12" pipe, steel',
  'say "hi"',
  'O’Neill & Söhne',
  'two\nlines',
  "Rock'n'Roll",
  '',
];
const kinds: Record<string, (draw: (most: number) => number) => string> = {
  day: (draw) => `2024-${String(1 + draw(12)).padStart(2, '0')}-${String(1 + draw(28)).padStart(2, '0')}`,
  till_time: (draw) => `${String(8 + draw(12)).padStart(2, '0')}:${String(draw(60)).padStart(2, '0')}`,
  units: (draw) => String(1 + draw(40)),
  code: (draw) => `SKU-${1000 + draw(900)}`,
  price: (draw) => `${1 + draw(90)}.${String(draw(100)).padStart(2, '0')}`,
  description: (draw) => texts[draw(texts.length)]!,
  link: (draw) => `https://shop.example/p/${draw(10_000)}?a=1&b=2`,
  brand: (draw) => ['Velano', 'Pekora', 'Haus & Hof', 'D’Or'][draw(4)]!,
};

function tableOf(seed: number): string[][] {
  const draw = drawn(seed);
  const columns = Object.keys(kinds).slice(seed % 2, 5 + (seed % 4));
  const rows = Array.from({ length: 25 + draw(60) }, () => columns.map((name) => kinds[name]!(draw)));
  return [columns, ...rows];
}

const line = (cells: string[], { delimiter, quote, escape }: Style): string =>
  cells
    .map((cell) =>
      cell.includes(delimiter) || cell.includes(quote) || /[\r\n"',;]/.test(cell)
        ? `${quote}${escape(cell)}${quote}`
        : cell,
    )
    .join(delimiter);
const write = (table: string[][], style: Partial<Style> = {}): string =>
  table.map((cells) => line(cells, { ...plain, ...style }) + (style.newline ?? plain.newline)).join('');

const doubled = (quote: string) => (text: string) => text.replaceAll(quote, quote + quote);
const insertLine = (text: string, at: number, more: string): string => {
  const lines = text.split('\r\n');
  lines.splice(at, 0, more);
  return lines.join('\r\n');
};
const note = (width: number, words: string): string => words + ','.repeat(width - 1);

/** Columns one under the other; a value that is missing is blank. */
const aligned = (table: string[][], pad: 'padEnd' | 'padStart'): string => {
  const widths = table[0]!.map((_, at) => Math.max(...table.map((row) => row[at]!.length)) + 2);
  return table.map((row) => `${row.map((cell, at) => cell[pad](widths[at]!)).join('')}\n`).join('');
};

const spoilt: Record<string, (table: string[][]) => string | Buffer> = {
  'as it should be': (table) => write(table),
  'no line break at the end': (table) => write(table).trimEnd(),
  'two line breaks at the end': (table) => `${write(table)}\r\n`,
  LF: (table) => write(table, { newline: '\n' }),
  CR: (table) => write(table, { newline: '\r' }),
  ...Object.fromEntries(
    [';', '\t', '|', ':', ' ', ', ', '\t\t', '||', ';;', '::', '\\t', '^'].map((delimiter) => [
      `delimiter ${JSON.stringify(delimiter)}`,
      (table: string[][]) => write(table, { delimiter }),
    ]),
  ),
  'single quotes': (table) => write(table, { quote: "'", escape: doubled("'") }),
  'single quotes, semicolons': (table) => write(table, { quote: "'", escape: doubled("'"), delimiter: ';' }),
  'backslashes before quotes': (table) => write(table, { escape: (text) => text.replaceAll('"', '\\"') }),
  'a byte order mark': (table) => `\ufeff${write(table)}`,
  'UTF-16 with its mark': (table) => Buffer.from(`\ufeff${write(table)}`, 'utf16le'),
  'UTF-16, big end first': (table) => Buffer.from(`\ufeff${write(table)}`, 'utf16le').swap16(),
  'a title': (table) => `Weekly report\r\n${write(table)}`,
  'titles and a blank row': (table) => `Weekly report\r\nAll stores, all brands\r\nConfidential\r\n\r\n${write(table)}`,
  'titles as wide as the table': (table) =>
    [note(table[0]!.length, 'Report'), note(table[0]!.length, 'Report'), write(table)].join('\r\n'),
  'notes below': (table) => `${write(table)}Source: till\r\nSource: web\r\n`,
  'notes below a blank row': (table) => `${write(table)}\r\nSource: till\r\n`,
  'notes as wide as the table': (table) => `${write(table)}${note(table[0]!.length, 'Note')}\r\n`,
  'a blank row inside': (table) =>
    insertLine(write(table.map((row) => row.map((c) => c.replaceAll('\n', ' ')))), 12, ''),
  'a total below': (table) => `${write(table)}Total${','.repeat(table[0]!.length - 2)},1234.56\r\n`,
  'another table below': (table) =>
    `${write(table)}\r\n${write([['store', 'city', 'size'], ...Array.from({ length: 6 }, (_, at) => [`S${at}`, 'Riverton', String(100 + at)])])}`,
  'another table of the same width below': (table) => {
    const names = table[0]!.map((_, at) => `other ${String.fromCodePoint(97 + at)}`);
    const rows = Array.from({ length: 6 }, (_, row) => names.map((__, at) => String(row * 10 + at)));
    return `${write(table)}\r\n${write([names, ...rows])}`;
  },
  'the header once more inside': (table) => write([...table.slice(0, 9), table[0]!, ...table.slice(9)]),
  'one row with other delimiters': (table) =>
    write(table.slice(0, 8)) + write(table.slice(8, 9), { delimiter: ';' }) + write(table.slice(9)),
  'the last row with other delimiters': (table) =>
    write(table.slice(0, -1)) + write(table.slice(-1), { delimiter: ';' }),
  'a delimiter at the end of every row': (table) => write(table.map((row) => [...row, ''])),
  'a delimiter at the end of every row but the header': (table) =>
    write(table.slice(0, 1)) + write(table.slice(1).map((row) => [...row, ''])),
  'a delimiter at the end of most rows': (table) =>
    table.map((row, at) => write([at % 3 === 0 ? row : [...row, '']])).join(''),
  'comments between rows': (table) =>
    `${write(table.slice(0, 4))}# from here on by hand\r\n${write(table.slice(4, 9))}#\r\n${write(table.slice(9))}`,
  'one row in single quotes': (table) =>
    write(table.slice(0, 8)) +
    `${table[8]!.map((cell) => `'${cell.replaceAll("'", "''")}'`).join(',')}\r\n` +
    write(table.slice(9)),
  'a title that holds delimiters': (table) => `Weekly report, all stores, all brands\r\n${write(table)}`,
  ...Object.fromEntries(
    ['-->', '<>', '%%'].map((delimiter) => [
      `delimiter ${delimiter}`,
      (table: string[][]) => write(table, { delimiter, quote: '"' }),
    ]),
  ),
  'columns one under the other, to the left': (table) => aligned(table, 'padEnd'),
  'columns one under the other, to the right': (table) => aligned(table, 'padStart'),
  'a title above columns one under the other': (table) => `Weekly report of sales\n\n${aligned(table, 'padEnd')}`,
  'rows in quotes as a whole': (table) =>
    table.map((row) => `"${line(row, plain).replaceAll('"', '""')}"\r\n`).join(''),
  'one row in quotes as a whole': (table) =>
    table
      .map((row, at) => (at === 8 ? `"${line(row, plain).replaceAll('"', '""')}"\r\n` : `${line(row, plain)}\r\n`))
      .join(''),
  'a header with blanks as delimiters': (table) => write(table.slice(0, 1), { delimiter: ' ' }) + write(table.slice(1)),
  'a header in single quotes': (table) =>
    `${table[0]!.map((name) => `'${name}'`).join(',')}\r\n${write(table.slice(1))}`,
  'a header whose first quote is never closed': (table) => `"${write(table)}`,
  'a header whose last quote is missing': (table) =>
    `${table[0]!
      .map((name) => `"${name}"`)
      .join(',')
      .slice(0, -1)}\r\n${write(table.slice(1))}`,
  'one row with blanks as delimiters': (table) =>
    write(table.slice(0, 8)) + write(table.slice(8, 9), { delimiter: ' ' }) + write(table.slice(9)),
  'one row with a blank behind each comma': (table) =>
    write(table.slice(0, 8)) + write(table.slice(8, 9), { delimiter: ', ' }) + write(table.slice(9)),
  'one row whose quotes stand behind backslashes': (table) =>
    write(table.slice(0, 8)) +
    write([[...table[8]!.slice(0, -1), 'a "b", c']], { escape: (text) => text.replaceAll('"', '\\"') }) +
    write(table.slice(9)),
  'a note with a comma below a blank row': (table) => `${write(table)}\r\nSource: till, all stores\r\n`,
  'one row whose last quote is missing': (table) =>
    table
      .map((row, at) => {
        const quoted = row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
        return `${at === 8 ? quoted.slice(0, -1) : quoted}\r\n`;
      })
      .join(''),
  'a row one field short, though a delimiter in quotes would fill it': (table) =>
    insertLine(write(table), 5, `"a, b"${',1'.repeat(table[0]!.length - 2)}`),
};

/** Spoilt so that a line break inside a value is lost, or blanks cannot be told from delimiters. */
const flat = new Set([
  ...[
    'one row with blanks as delimiters',
    'one row with a blank behind each comma',
    'one row whose last quote is missing',
  ],
  ...['one row in quotes as a whole', 'one row whose quotes stand behind backslashes'],
  'one row in single quotes',
  ...['a blank row inside', 'one row with other delimiters', 'the last row with other delimiters'],
  'a row one field short, though a delimiter in quotes would fill it',
]);
const wanted = (name: string, table: string[][]): string[][] =>
  name.includes('one under the other')
    ? table.map((row) => row.map((cell) => cell.replaceAll('\n', ' ').replaceAll('"', '')))
    : flat.has(name)
      ? table.map((row) => row.map((cell) => cell.replaceAll('\n', ' ')))
      : table;

describe('a table comes out as it was', () => {
  it.each(Object.keys(spoilt))('%s', (name) => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const table = wanted(name, tableOf(seed));
      const short = ['a, b', ...Array.from({ length: table[0]!.length - 2 }, () => '1')];
      const escaped = [...(table[8] ?? []).slice(0, -1), 'a "b", c'];
      const whole = name.startsWith('a row one')
        ? [...table.slice(0, 5), short, ...table.slice(5)]
        : name.endsWith('backslashes')
          ? [...table.slice(0, 8), escaped, ...table.slice(9)]
          : table;
      expect(readText(spoilt[name]!(table)), `table ${seed}`).toEqual(whole);
    }
  });
});
