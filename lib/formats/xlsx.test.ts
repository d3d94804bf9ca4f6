import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { plainNumber, showerOf } from './excel-cells';
import { readBack, zipOf } from './tables.fixture';
import { workbook, type Cell } from './workbook.fixture';

const header = ['date', 'code', 'amount'];
const rows = (...amounts: string[]): Cell[][] =>
  amounts.map((amount, at) => [{ n: String(45_296 + at), format: 0 }, `00${at}`, { n: amount }]);
const formats = [
  'dd/mm/yyyy',
  'yyyy-mm-dd hh:mm',
  '00000',
  '[h]:mm',
  'h:mm AM/PM',
  '"y" 0.00',
  '[$-409]d mmm yy',
  '0%',
];

describe('workbooks', () => {
  it('reads the first sheet that is shown and holds values, and the one that is chosen', async () => {
    const file = await workbook({
      sheets: { Hidden: [['x'], ['y']], Cover: [], Lines: [header, ...rows('1', '2.5')], Stores: [['store'], ['7']] },
      hidden: ['Hidden'],
      formats,
    });
    const { table, source } = await readBack(file);
    expect(table).toEqual([header, ['2024-01-05', '000', '1'], ['2024-01-06', '001', '2.5']]);
    expect(source).toMatchObject({ format: 'xlsx', sheet: 'Lines', sheets: ['Hidden', 'Cover', 'Lines', 'Stores'] });
    expect((await readBack(file, { sheet: 'Stores' })).table).toEqual([['store'], ['7']]);
    await expect(readBack(file, { sheet: 'Sales' })).rejects.toThrow('it holds Hidden, Cover, Lines, Stores');
    await expect(readBack(file, { sheet: 'Cover' })).rejects.toThrow('The sheet "Cover" is empty');
  });
  it('reads the sheet that holds a table before those that hold notes or a summary', async () => {
    const lines = [header, ...rows(...Array.from({ length: 40 }, (_, at) => String(at)))];
    const notes = ['Report of sales', 'Made by hand', 'Ask Kim'].map((text): Cell[] => [text]);
    const summary: Cell[][] = [
      ['Week', 'Sales'],
      ['1', '20'],
      ['2', '30'],
    ];
    const file = await workbook({ sheets: { Notes: notes, Summary: summary, Lines: lines, More: lines }, formats });
    expect((await readBack(file)).source).toMatchObject({ sheet: 'Lines' });
    expect((await readBack(file, { sheet: 'Notes' })).table).toEqual(notes);
  });
  it('reads texts in the cells, and cells that say not where they are', async () => {
    const sheet = [header, ['a', null, 'c'], ['d', 'e', 'f']];
    const file = await workbook({ sheets: { S: sheet }, inline: true });
    expect((await readBack(file)).table).toEqual([header, ['a', '', 'c'], ['d', 'e', 'f']]);
  });
  it('reads dates, times, codes and numbers as they are meant', async () => {
    const n = (value: string, format?: number): Cell => ({ n: value, ...(format !== undefined && { format }) });
    const file = await workbook({
      sheets: {
        S: [
          ['day', 'moment', 'code', 'hours', 'clock', 'litres', 'named', 'share', 'id', 'sum'],
          [
            n('45296', 0),
            n('45296.604166667', 1),
            n('123', 2),
            n('1.5', 3),
            n('0.5', 4),
            n('2.5', 5),
            n('45296', 6),
            n('0.15', 7),
            n('9007199254740993'),
            n('0.30000000000000004'),
          ],
          [
            n('1', 0),
            n('60', 1),
            n('123456', 2),
            n('0', 3),
            n('0.999999', 4),
            n('0', 5),
            n('59', 6),
            n('1', 7),
            n('1E+20'),
            n('1.0000000000000001E-5'),
          ],
        ],
      },
      formats,
    });
    expect((await readBack(file)).table.slice(1)).toEqual([
      [
        '2024-01-05',
        '2024-01-05T14:30:00',
        '00123',
        '36:00:00',
        '12:00:00',
        '2.5',
        '2024-01-05',
        '0.15',
        '9007199254740993',
        '0.3',
      ],
      [
        '1900-01-01',
        '1900-02-28T00:00:00',
        '123456',
        '00:00:00',
        '23:59:59',
        '0',
        '1900-02-28',
        '1',
        '100000000000000000000',
        '0.00001',
      ],
    ]);
  });
  it('reads booleans, errors, results of formulas and dates in ISO form', async () => {
    const cells = [
      { xml: '<c t="b"><v>1</v></c>' },
      { xml: '<c t="e"><v>#N/A</v></c>' },
      { xml: '<c t="str"><f>A1&amp;"x"</f><v>1x</v></c>' },
      { xml: '<c t="d"><v>2024-01-05T00:00:00Z</v></c>' },
      { xml: '<c t="inlineStr"><is><r><t>two </t></r><r><t>parts</t></r></is></c>' },
    ];
    const file = await workbook({ sheets: { S: [['b', 'e', 'f', 'd', 'r'], cells] } });
    expect((await readBack(file)).table[1]).toEqual(['TRUE', '#N/A', '1x', '2024-01-05', 'two parts']);
  });
  it('counts days from 1904 where the workbook does', async () => {
    const file = await workbook({ sheets: { S: [header, ...rows('1')] }, formats, date1904: true });
    expect((await readBack(file)).table[1]![0]).toBe('2028-01-06');
  });
  it('finds the table below titles and above totals', async () => {
    const lines = rows('1', '2', '3');
    const sheet = [['Sales of January'], null, header, ...lines, ['Total', null, { n: '6' }]];
    expect((await readBack(await workbook({ sheets: { S: sheet }, formats }))).table).toHaveLength(4);
  });
  it('reads a workbook in an archive or in gzip, and its sheet', async () => {
    const file = await workbook({ sheets: { A: [header, ...rows('1')], B: [['b'], ['1']] }, formats });
    const packed = await zipOf({ 'book.xlsx': file, 'b.xlsx': file });
    expect((await readBack(packed, { member: 'b.xlsx', sheet: 'B' })).source).toMatchObject({
      member: 'b.xlsx',
      sheet: 'B',
    });
    expect((await readBack(gzipSync(file))).source).toMatchObject({ format: 'xlsx', sheet: 'A' });
  });
  it('refuses what is damaged or empty', async () => {
    const damaged = await workbook({ sheets: { S: [header, [{ xml: '<c><v>1</c>' }]] } });
    await expect(readBack(damaged)).rejects.toThrow('not sound XML');
    await expect(readBack(await workbook({ sheets: { S: [] } }))).rejects.toThrow('The workbook is empty');
    const wide = Array.from({ length: 2_001 }, (_, at) => `c${at}`);
    await expect(readBack(await workbook({ sheets: { S: [wide, wide] } }))).rejects.toThrow('MAX_COLUMNS');
  });
});

it.each([
  ['12345678901234567890', '12345678901234567890'],
  ['274.65999999999997', '274.66'],
  ['-1.5E-3', '-0.0015'],
  ['0.1', '0.1'],
  ['-0', '-0'],
  ['1e3', '1000'],
  ['text', 'text'],
])('number %s is %s', (text, plain) => expect(plainNumber(text)).toBe(plain));

it.each([
  ['General', '1.5', '1.5'],
  ['@', '1.5', '1.5'],
  ['#,##0.00 [$€-407]', '1.5', '1.5'],
  ['[Red]0.0', '1.5', '1.5'],
  ['mm/dd/yy;@', '45296', '2024-01-05'],
  ['mmm-yy', '45296', '2024-01-05'],
  ['yyyy', '45296.25', '2024-01-05T06:00:00'],
  ['mm:ss', '0.25', '06:00:00'],
  ['0000', '-12', '-0012'],
])('format %s shows %s as %s', (format, value, shown) => expect(showerOf(200, format, false)(value)).toBe(shown));
