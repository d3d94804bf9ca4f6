import { describe, expect, it } from 'vitest';
import { readText } from './read-text.fixture';

// What stands at the edges of rows and tables: empty quotes, single quotes, rare quotes, last rows, lower names.

const names = ['key', 'item', 'town', 'units', 'remark'];
const items = ['Oat bar', 'Rye loaf', 'Malt'];
const rows = Array.from({ length: 14 }, (_, at) => [`K-${at + 20}`, items[at % 3]!, 'Lund', `${at * 3}`, '']);
const table = [names, ...rows];
const quoted = (cells: string[], quote = '"'): string[] => cells.map((cell) => quote + cell + quote);
const write = (lines: string[][], delimiter = ','): string =>
  lines.map((cells) => `${cells.join(delimiter)}\r\n`).join('');
const numbered = names.map((_, at) => `Column ${at + 1}`);

describe('an empty value in quotes was written', () => {
  it('so that a last column of them is one, with names or without', () => {
    expect(readText(write(table.map((cells) => quoted(cells))))).toEqual(table);
    expect(readText(write(rows.map((cells) => quoted(cells))))).toEqual([numbered, ...rows]);
  });
  it('so that a row with a value too many keeps its width', () => {
    const lines = table.map((cells) => quoted(cells));
    const long = ['', ...rows[4]!];
    expect(readText(write(lines.with(5, ['', ...quoted(rows[4]!)])))).toEqual(table.with(5, long));
  });
  it('but a delimiter at the end of a row was not', () => {
    const long = rows.map((cells) => cells.with(4, 'x'));
    expect(readText(write([names, ...long.with(3, [...long[3]!, ''])]))).toEqual([names, ...long]);
  });
});

describe('a header that is written otherwise', () => {
  it.each([
    ['with blanks between names in quotes', quoted(names).join(' ')],
    ['with a quote too many', `"${quoted(names).join(',')}`],
    ['with a delimiter too few', quoted(names).join(',').replace('","', '""')],
  ])('%s leaves the rows as they are', (_, header) =>
    expect(readText(`${header}\r\n${write(rows.map((cells) => quoted(cells)))}`).slice(1)).toEqual(rows),
  );
  it('has its names, though only the rows have blanks between their values', () => {
    const full = rows.map((cells) => cells.with(4, 'x'));
    expect(readText(write([names], '+') + write(full, '+ '))).toEqual([names, ...full]);
    expect(readText(`${quoted(names).join(' ')}\r\n${write(rows.map((cells) => quoted(cells)))}`)[0]).toEqual(names);
  });
  it('is none where all rows are the same', () => {
    const same = Array.from({ length: 3 }, () => ['left', 'right', 'left']);
    expect(readText(write(same, ';'))).toEqual([['Column 1', 'Column 2', 'Column 3'], ...same]);
  });
  it('stands in two rows, the lower names below a group and below nothing', () => {
    const lines = [
      ['Day', 'Shop', 'Sold', '', 'Total'],
      ['', '', 'Online', 'At the till', ''],
      ...Array.from({ length: 6 }, (_, at) => [`2024-05-${at + 10}`, 'Lund', `${at}`, `${at + 1}`, `${2 * at + 1}`]),
    ];
    expect(readText(`Report of May,,,,\r\n\r\n${write(lines)}`)).toEqual([
      ['Day', 'Shop', 'Sold Online', 'Sold At the till', 'Total'],
      ...lines.slice(2),
    ]);
  });
  it('is told though another table below has some of its names', () => {
    const visits = [
      ['Guest', 'Month', 'From', '', ''],
      ...Array.from({ length: 6 }, (_, at) => [`Guest ${'abcdef'[at]}`, 'May', 'Lund', '', '']),
    ];
    const trips = [
      ['Guest', 'Month', 'To', 'By', 'Cost'],
      ['Guest a', 'May', 'Malmö', 'Train', '12.5'],
    ];
    expect(readText(`${write(visits)},,,,\r\n${write(trips)}`).slice(0, 2)).toEqual([visits[0], visits[1]]);
  });
});

describe('what stands above and below names', () => {
  const full = rows.map((cells) => cells.with(4, 'x'));
  it('is none of the table where it is a total', () =>
    expect(readText(write([['Total', '', '', '273', ''], names, ...full]))).toEqual([names, ...full]));
  it('is part of them where it is units, some of which are none', () => {
    const lines = Array.from({ length: 6 }, (_, at) => [`2024-05-${at + 10}`, `${at}.5`, `${at}`]);
    expect(readText(write([['Day', 'Rain', 'Wind'], ['-', 'mm', 'm/s'], ...lines]))).toEqual([
      ['Day', 'Rain mm', 'Wind m/s'],
      ...lines,
    ]);
  });
});

it('numbers alone, one in each row, are a column without a name', () =>
  expect(readText('1\n2\n3\n4\n')).toEqual([['Column 1'], ['1'], ['2'], ['3'], ['4']]));

it('a single quote beside a number is none of it', () => {
  const full = rows.map((cells) => cells.with(4, 'x'));
  for (const cell of ['9"', '"9'])
    expect(readText(write([names, ...full.with(3, full[3]!.with(3, cell))]))).toEqual([names, ...full]);
});

describe('signs that are quotes where all of them stand around values', () => {
  const full = rows.map((cells) => cells.with(4, 'one, two; three'));
  it.each(['|', '~', 'þ'])('%s around all values', (quote) => {
    for (const delimiter of [',', ';', '\t', '\u0014'])
      expect(
        readText(
          write(
            [names, ...full].map((cells) => quoted(cells, quote)),
            delimiter,
          ),
        ),
      ).toEqual([names, ...full]);
  });
  it('a bar around the values that need it', () => {
    const some = full.map((cells) => cells.with(4, '|one, two; three|'));
    expect(readText(write([names, ...some]))).toEqual([names, ...full]);
  });
});

it('letters of few words are delimiters where each row has as many', () =>
  expect(
    readText(
      write(
        rows.slice(0, 6).map((cells) => [cells[1]!, 'Lund', 'green']),
        'þ',
      ),
    ).slice(1),
  ).toHaveLength(6));

it('blanks behind some delimiters are not part of them', () => {
  const text = 'day, shop, units, town\n2024-01-01, A, 0,\n2024-01-02, B, 1,Lund\n2024-01-03, C, 7,Malmö';
  expect(readText(text).map((cells) => cells.map((cell) => cell.trim()))).toEqual([
    ['day', 'shop', 'units', 'town'],
    ['2024-01-01', 'A', '0', ''],
    ['2024-01-02', 'B', '1', 'Lund'],
    ['2024-01-03', 'C', '7', 'Malmö'],
  ]);
});

describe('a last row of one value', () => {
  const full = rows.map((cells) => cells.with(4, 'x'));
  it.each([
    ['built as those above it', ['K-99', '', '', '', '']],
    ['that stands above it, too', ['', 'Malt', '', '', '']],
  ])('%s is a row', (_, last) => expect(readText(write([names, ...full, last]))).toEqual([names, ...full, last]));
  it('that says something else is a note', () =>
    expect(readText(write([names, ...full, ['As of May', '', '', '', '']]))).toEqual([names, ...full]));
});

it('notes below a table some of whose rows hold a single value', () => {
  const part = (name: string): string[] => [name, '', '', '', ''];
  const full = [1, 2, 3].flatMap((at) => [part(`Part ${at}`), ...rows.map((cells) => cells.with(4, 'x'))]);
  const notes = Array.from({ length: 25 }, (_, at) => `${at}) Counted again\r\n`).join('');
  expect(readText(`${write([names, ...full])}\r\n${notes}`)).toEqual([names, ...full]);
});

describe('of two tables of other widths, one right below the other,', () => {
  const wide = [[...names, 'colour'], ...rows.map((cells) => [...cells.with(4, 'x'), 'red'])];
  const first = [names, ...rows.map((cells) => cells.with(4, 'x'))];
  it('the first is read', () => {
    expect(readText(write(first) + write(wide))).toEqual(first);
    expect(readText(write(wide) + write(first))).toEqual(wide);
  });
});
