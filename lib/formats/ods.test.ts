import { describe, expect, it } from 'vitest';
import { readBack, zipOf } from './tables.fixture';

const cell = (text: string, attributes = ''): string =>
  `<table:table-cell ${attributes}><text:p>${text}</text:p></table:table-cell>`;
const number = (value: string, more = ''): string =>
  cell('shown', `office:value-type="float" office:value="${value}" ${more}`);
const line = (cells: string[], more = ''): string => `<table:table-row ${more}>${cells.join('')}</table:table-row>`;
const sheet = (name: string, rows: string[], more = ''): string =>
  `<table:table table:name="${name}" ${more}>${rows.join('')}</table:table>`;
const styles =
  '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>' +
  '<number:number-style style:name="N5"><number:number number:decimal-places="0" number:min-integer-digits="5"/></number:number-style>' +
  '<style:style style:name="ce1" style:data-style-name="N5"/>';
const content = (sheets: string[], kind = 'spreadsheet'): string =>
  `<?xml version="1.0"?><office:document-content><office:automatic-styles>${styles}</office:automatic-styles>` +
  `<office:body><office:${kind}>${sheets.join('')}</office:${kind}></office:body></office:document-content>`;
const book = (xml: string, more: Record<string, string> = {}): Promise<Buffer> =>
  zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': xml, ...more });

const header = line(['id', 'name', 'n'].map((name) => cell(name)));
const rows = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => line([cell(`00${at}`), cell('Oat'), number(String(at / 4))]));

describe('OpenDocument spreadsheets', () => {
  it('are read by the sheet that holds a table, or the chosen one', async () => {
    const notes = ['Made by hand', 'Ask Kim'].map((text) => line([cell(text)]));
    const file = await book(
      content([
        sheet('Hidden', [header, ...rows(3)], 'table:style-name="ta2"'),
        sheet('Notes', notes),
        sheet('Lines', [header, ...rows(2)]),
        sheet('After', [header, ...rows(1)]),
      ]),
    );
    const { table, source } = await readBack(file);
    expect(table).toEqual([
      ['id', 'name', 'n'],
      ['000', 'Oat', '0'],
      ['001', 'Oat', '0.25'],
    ]);
    expect(source).toMatchObject({ format: 'ods', sheet: 'Lines', sheets: ['Hidden', 'Notes', 'Lines', 'After'] });
    expect((await readBack(file, { sheet: 'Notes' })).table).toEqual([['Made by hand'], ['Ask Kim']]);
    await expect(readBack(file, { sheet: 'Sales' })).rejects.toThrow('it holds Hidden, Notes, Lines, After');
  });
  it('hold dates, times, codes, shares, flags and texts of several lines', async () => {
    const cells: [string, string, string][] = [
      ['day', cell('05.01.24', 'office:value-type="date" office:date-value="2024-01-05"'), '2024-01-05'],
      [
        'moment',
        cell('x', 'office:value-type="date" office:date-value="2024-01-05T14:30:00.000"'),
        '2024-01-05T14:30:00',
      ],
      ['clock', cell('x', 'office:value-type="time" office:time-value="PT08H05M00.5S"'), '08:05:00'],
      ['code', number('42', 'table:style-name="ce1"'), '00042'],
      ['share', cell('15 %', 'office:value-type="percentage" office:value="0.15"'), '0.15'],
      ['sum', number('0.30000000000000004'), '0.3'],
      ['flag', cell('WAHR', 'office:value-type="boolean" office:boolean-value="true"'), 'TRUE'],
      ['error', cell('#N/A', 'office:value-type="string" office:string-value=""'), '#N/A'],
      [
        'text',
        '<table:table-cell office:value-type="string"><office:annotation><text:p>a note</text:p></office:annotation>' +
          '<text:p>two<text:s text:c="2"/><text:span>lines</text:span></text:p><text:p>&amp; more</text:p></table:table-cell>',
        'two  lines\n& more',
      ],
    ];
    const file = await book(
      content([sheet('S', [line(cells.map(([name]) => cell(name))), line(cells.map(([, xml]) => xml))])]),
    );
    expect((await readBack(file)).table[1]).toEqual(cells.map(([, , value]) => value));
  });
  it('repeat cells and rows, and what is blank to the last row', async () => {
    const columns = '<table:table-column table:number-columns-repeated="2" table:default-cell-style-name="ce1"/>';
    const twice = 'table:number-columns-repeated="2"';
    const empty = '<table:table-cell table:number-columns-repeated="16380"/>';
    const file = await book(
      content([
        sheet('S', [
          columns,
          line([cell('a'), cell('b'), cell('c'), empty]),
          line([number('7', twice), number('7'), empty], 'table:number-rows-repeated="3"'),
          line([empty], 'table:number-rows-repeated="1048572"'),
        ]),
      ]),
    );
    expect((await readBack(file)).table).toEqual([
      ['a', 'b', 'c'],
      ...Array.from({ length: 3 }, () => ['00007', '00007', '7']),
    ]);
  });
  it('are refused with a sentence where they cannot be read', async () => {
    const manifest = '<manifest><file-entry><encryption-data/></file-entry></manifest>';
    const locked = await book('no xml', { 'META-INF/manifest.xml': manifest });
    await expect(readBack(locked)).rejects.toThrow('protected by a password');
    await expect(readBack(await book(content([], 'text')))).rejects.toThrow('no spreadsheet');
    await expect(readBack(await book(content([sheet('S', [])])))).rejects.toThrow('The workbook is empty');
    await expect(readBack(await book(content([sheet('S', [header])]).slice(0, -40)))).rejects.toThrow('not sound XML');
    const wide = sheet('S', [line([number('1', 'table:number-columns-repeated="9999"')])]);
    await expect(readBack(await book(content([wide])))).rejects.toThrow('MAX_COLUMNS');
    const endless = sheet('S', [header, line([number('1')], 'table:number-rows-repeated="1048577"')]);
    await expect(readBack(await book(content([endless])))).rejects.toThrow('there is no row');
  });
});
