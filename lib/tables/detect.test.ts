import { isUtf8 } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import type { Reading } from '@/lib/contract/reading';
import { detect, type Detection } from './detect';

const of = (sample: Buffer | string): Detection => {
  const bytes = Buffer.from(sample);
  return detect({ sample: bytes, complete: true, utf8: isUtf8(bytes) });
};
const names = ({ detected }: Detection): string[] => detected.columns.map(({ name }) => name);
const table = (delimiter: string): string =>
  ['name,amount', 'Müsli,1', 'Crème,2'].join('\n').replaceAll(',', delimiter);

it('refuses ten thousand columns before it looks for the table among them', () => {
  const row = (cell: (at: number) => string) => Array.from({ length: 10_000 }, (_, at) => cell(at)).join(',');
  const began = performance.now();
  expect(() => of(`${row((at) => `c${at}`)}\n${row(() => '1')}\n`)).toThrow(
    'The file has 10,000 columns or more; the limit is 2,000 (MAX_COLUMNS).',
  );
  expect(performance.now() - began).toBeLessThan(2_000);
  // One row that is torn apart is no table.
  expect(names(of(`${table(',')}\n${row(() => '1')}\n${'Thé,3\n'.repeat(5)}`))).toContain('amount');
});

describe('encoding', () => {
  it.each([
    ['utf-8', Buffer.from(table(','))],
    ['utf-8', Buffer.from(`\ufeff${table(',')}`)],
    ['windows-1252', Buffer.from(table(','), 'latin1')],
    ['utf-16le', Buffer.from(`\ufeff${table(',')}`, 'utf16le')],
    ['utf-16le', Buffer.from(table(','), 'utf16le')],
    ['utf-16be', Buffer.from(`\ufeff${table(',')}`, 'utf16le').swap16()],
  ])('%s', (encoding, bytes) => {
    const found = of(bytes);
    expect(found.detected.encoding).toBe(encoding);
    expect(names(found)).toEqual(['name', 'amount']);
    expect(found.rows).toEqual([
      ['Müsli', '1'],
      ['Crème', '2'],
    ]);
  });
});

it('takes a UTF-8 file with a few wrong bytes for what it is', () => {
  const good = Buffer.from(`name,amount\n${'Müsli,1\nCrème,2\n'.repeat(20)}`);
  expect(of(Buffer.concat([good, Buffer.from('Caf\xe9,3\n', 'latin1')])).detected.encoding).toBe('utf-8');
  const mostlyWrong = Buffer.from(`name,amount\n${'Müsli,1\nCrème,2\n'.repeat(20)}`, 'latin1');
  expect(of(Buffer.concat([mostlyWrong, Buffer.from('Café,3\n')])).detected.encoding).toBe('windows-1252');
});

it('reads other encodings where they are named', () => {
  const sample = Buffer.from([0x6e, 0x2c, 0x61, 10, 0xb3, 0xf3, 0x64, 0x9f, 0x2c, 0x31, 10]);
  expect(detect({ sample, complete: true, utf8: false }, { encoding: 'windows-1250' }).rows).toEqual([['łódź', '1']]);
});

it.each([',', ';', '\t', '|'])('delimiter %j', (delimiter) => {
  const found = of(table(delimiter));
  expect(found.detected.delimiter).toBe(delimiter);
  expect(found.rows[0]).toEqual(['Müsli', '1']);
});

it('prefers the delimiter that cuts all rows alike', () => {
  expect(of('name;price\na;1,50\nb;2,75\nc;3\n').detected.delimiter).toBe(';');
  expect(of('note,price\n"a;b;c",1\n"d;e",2\n').detected.delimiter).toBe(',');
});

it('tells a file without a header', () => {
  const found = of('2024-01-05,7,1.50\n2024-01-06,8,2.50\n');
  expect(found.detected.header).toBe(false);
  expect(names(found)).toEqual(['Column 1', 'Column 2', 'Column 3']);
  expect(found.rows).toHaveLength(2);
});

it('gives every column a name of its own', () => {
  expect(names(of('price,,price,\n1,2,3,\n'))).toEqual(['price', 'Column 2', 'price (2)']);
  expect(names(of('price,,price,\n1,2,3,4\n'))).toEqual(['price', 'Column 2', 'price (2)', 'Column 4']);
});

it('shows samples and the first rows, a row cut off by the sample left out', () => {
  const text = `id,x\n${Array.from({ length: 40 }, (_, at) => `${at},a`).join('\n')}\n99,cut of`;
  const { detected, rows } = detect({ sample: Buffer.from(text), complete: false, utf8: true });
  expect(detected.columns).toEqual([
    { name: 'id', samples: ['0', '1', '2', '3', '4'] },
    { name: 'x', samples: ['a'] },
  ]);
  expect(detected.preview).toHaveLength(20);
  expect(rows.at(-1)).toEqual(['39', 'a']);
});

it.each([
  ['in every row', ['1,2,,', '3,4,,', '5,6,,']],
  ['in most rows', ['1,2,,', '3,4,5,6', '7,8,,', '9,1,,']],
])('last columns that are empty %s are columns, and no end of rows', (_name, lines) => {
  const sample = Buffer.from(['Week 5', '', 'a,b,c,d', ...lines, ''].join('\n'));
  const { detected, rows } = detect({ sample, complete: true, utf8: true });
  expect(detected.ending).toBeUndefined();
  expect(rows).toEqual(lines.map((line) => line.split(',')));
});

describe('what is given takes the place of what is detected', () => {
  const read = (text: string, given: Reading): string[][] =>
    detect({ sample: Buffer.from(text), complete: true, utf8: true }, given).rows;
  it.each<[string, string, Reading, string[]]>([
    ['quotes', 'a,b\n`x`,1\n`y`,2\n', { quote: '`' }, ['x', '1']],
    ['no quotes', 'a,b\n"x",1\n"y",2\n', { quote: '' }, ['"x"', '1']],
    ['an escape', 'a,b\nx\\,y,1\n', { escape: '\\', headerRows: 1 }, ['x,y', '1']],
    ['no escape', 'a,b\n"x\\","1"\n"say \\"y\\"","2"\n', { escape: '', quote: '"' }, ['x\\', '1']],
    ['the end of rows', 'a,b|x,1|y,2', { ending: '|' }, ['x', '1']],
    ['line breaks', 'a,b;\nx,1;\ny,2;\n', { ending: '\n', delimiter: ',' }, ['x', '1;']],
    ['a drawn table', 'a | b\nx | 1\n', { delimiter: '+-+', headerRows: 1 }, ['x', '1']],
    ['no drawn table', '|a|b|\n|x|1|\n|y|2|\n', { delimiter: '|', headerRows: 1 }, ['', 'x', '1']],
  ])('%s', (_name, text, given, row) => expect(read(text, given)[0]).toEqual(row));

  it('the last row', () => {
    const { detected, rows } = detect(
      { sample: Buffer.from('a,b\n1,2\n3,4\n5,6\n'), complete: true, utf8: true },
      { lastRow: 3 },
    );
    expect(rows).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(detected.lastRow).toBe(3);
  });
});
