import { describe, expect, it } from 'vitest';
import { readBack } from './tables.fixture';

// Tables in HTML, which shop systems name ".xls", and workbooks that are a single XML file.

const html = (body: string, head = ''): string =>
  `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>${head}<style>td { color: red }</style></head><body>${body}</body></html>`;
const row = (cells: string[], mark = 'td'): string =>
  `<tr>${cells.map((text) => `<${mark}>${text}</${mark}>`).join('')}</tr>\n`;
const lines = [
  ['0042', 'Käse &amp; Brot', '1.234,50'],
  ['0043', 'Öl', '2,00'],
];
const wanted = [
  ['SKU', 'Name', 'Umsatz'],
  ['0042', 'Käse & Brot', '1.234,50'],
  ['0043', 'Öl', '2,00'],
];
const table = `<table border=1>${row(['SKU', 'Name', 'Umsatz'], 'th')}${lines.map((cells) => row(cells)).join('')}</table>`;

describe('a table in HTML', () => {
  it('is read, in UTF-8, in what the page says, and in UTF-16', async () => {
    const said = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">';
    for (const file of [
      html(table),
      Buffer.from(html(table, said), 'latin1'),
      Buffer.from(`\ufeff${html(table)}`, 'utf16le'),
      table,
    ]) {
      const read = await readBack(file);
      expect(read.table).toEqual(wanted);
      expect(read.source).toMatchObject({ format: 'html', sheet: 'Table 1' });
    }
  });
  it('keeps its columns where cells reach across others, and lines inside of cells', async () => {
    const file = html(
      `<table>${row(['Shop', 'Day', 'Note', 'Value'], 'th')}` +
        '<tr><td rowspan=2>Leeds<td>2024-01-01<td>one<br style="mso-data-placement:same-cell">two<td>1</tr>' +
        '<tr><td>2024-01-02</td><td>&nbsp;</td><td> 2&#8364; </td></tr>' +
        '<tr><td colspan="2">York</td><td><b>bo</b>ld,   "x"</td><td>3</td></tr></table>',
    );
    expect((await readBack(file)).table).toEqual([
      ['Shop', 'Day', 'Note', 'Value'],
      ['Leeds', '2024-01-01', 'one\ntwo', '1'],
      ['', '2024-01-02', '', '2€'],
      ['York', '', 'bold, "x"', '3'],
    ]);
  });
  it('is the first that holds values side by side, or the chosen one; tables in cells are apart', async () => {
    const file = html(
      `<table><tr><td>Menu<td>Help</table><table><tr><td>${table}</td></tr></table><table><caption>Stores</caption>${row(['a', 'b'])}${row(['1', '2'])}</table>`,
    );
    const { table: read, source } = await readBack(file);
    expect(read).toEqual(wanted);
    expect(source?.sheets).toEqual(['Table 1', 'Table 2', 'Table 3', 'Stores']);
    expect((await readBack(file, { sheet: 'Stores' })).table).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });
  it('is missed where a page has none', async () => {
    for (const page of ['<p>gone</p>', '<table><tr><td>Sign in</td></tr><tr><td>Forgot?</td></tr></table>'])
      await expect(readBack(html(page))).rejects.toThrow('web page (HTML), and no table');
  });
  it('is none where a text alone holds such marks', async () => {
    const text = '<p>note,n\n<b>a</b>,1\n<i>b</i>,2\n';
    expect((await readBack(text)).source).toBeUndefined();
  });
});

const workbook = (sheets: string): string =>
  `<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">` +
  `<Styles><Style ss:ID="s1"><NumberFormat ss:Format="00000"/></Style><Style ss:ID="s2"><NumberFormat ss:Format="Short Date"/></Style>` +
  `<Style ss:ID="s3"><NumberFormat ss:Format="Standard"/></Style><Style ss:ID="s4"><NumberFormat ss:Format="Scientific"/></Style></Styles>${sheets}</Workbook>`;
const data = (text: string, type = 'String', more = ''): string =>
  `<Cell ${more}><Data ss:Type="${type}">${text}</Data></Cell>`;
const sheet = (name: string, rows: string[][], more = ''): string =>
  `<Worksheet ss:Name="${name}"><Table>${rows.map((cells) => `<Row>${cells.join('')}</Row>`).join('')}</Table>${more}</Worksheet>`;

describe('a workbook in one XML file', () => {
  it('of Excel 2003 gives codes, days, numbers and places as they are', async () => {
    const names = ['code', 'day', 'n', 'name', 'sure'].map((name) => data(name));
    const cells = [
      data('42', 'Number', 'ss:StyleID="s1"'),
      data('2024-01-05T00:00:00.000', 'DateTime', 'ss:StyleID="s2"'),
      data('0.30000000000000004', 'Number'),
      data('Oat &amp; rye', 'String'),
      data('1', 'Boolean'),
    ];
    const gap = [data('7', 'Number', 'ss:StyleID="s1"'), data('Malt', 'String', 'ss:Index="4"')];
    const hidden =
      '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>';
    const file = workbook(sheet('Old', [names, cells, cells, cells], hidden) + sheet('Lines', [names, cells, gap]));
    const { table: read, source } = await readBack(file);
    expect(read).toEqual([
      ['code', 'day', 'n', 'name', 'sure'],
      ['00042', '2024-01-05', '0.3', 'Oat & rye', 'TRUE'],
      ['00007', '', '', 'Malt', ''],
    ]);
    expect(source).toMatchObject({ format: 'xml', sheet: 'Lines', sheets: ['Old', 'Lines'] });
  });
  it('knows formats by their names', async () => {
    const styled = ['s2', 's3', 's4'].map((style) => data('45296', 'Number', `ss:StyleID="${style}"`));
    const file = workbook(sheet('A', [['day', 'sum', 'mass'].map((name) => data(name)), styled, styled]));
    expect((await readBack(file)).table[1]).toEqual(['2024-01-05', '45296', '45296']);
  });
  it('may be in another encoding, which it names', async () => {
    const file = workbook(
      sheet('A', [
        [data('Käse'), data('n')],
        [data('x'), data('1', 'Number')],
      ]),
    );
    const latin = Buffer.from(file.replace('version="1.0"', 'version="1.0" encoding="ISO-8859-1"'), 'latin1');
    expect((await readBack(latin)).table[0]).toEqual(['Käse', 'n']);
  });
  it('of OpenDocument is a flat one', async () => {
    const cell = (text: string): string => `<table:table-cell><text:p>${text}</text:p></table:table-cell>`;
    const file =
      '<?xml version="1.0" encoding="UTF-8"?><office:document><office:body><office:spreadsheet><table:table table:name="S">' +
      `${[
        ['a', 'b'],
        ['1', '2'],
      ]
        .map((cells) => `<table:table-row>${cells.map(cell).join('')}</table:table-row>`)
        .join('')}` +
      '</table:table></office:spreadsheet></office:body></office:document>';
    expect((await readBack(file)).table).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });
});
