import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readBack, zipOf } from './tables.fixture';
import {
  compound,
  long,
  numberCell,
  oldWorkbook,
  real,
  record,
  recordsOfBook,
  textCell,
  u16,
  u32,
} from './xls.fixture';

const header = ['id', 'name', 'n'].map((name, at) => textCell(0, at, name));
const row = (at: number): Buffer[] => [
  textCell(at, 0, `00${at}`),
  textCell(at, 1, `Oat ${at}`),
  numberCell(at, 2, at / 4),
];
const rows = (count: number): Buffer[] => Array.from({ length: count }, (_, at) => row(at + 1)).flat();

describe('old workbooks', () => {
  it('are read by the sheet that holds a table, or the chosen one', async () => {
    const file = oldWorkbook({
      sheets: [
        { name: 'Hidden', hidden: true, cells: [textCell(0, 0, 'x'), textCell(1, 0, 'y')] },
        { name: 'Notizen ü', cells: [textCell(0, 0, 'Made by hand'), textCell(1, 0, 'Ask Kim')] },
        { name: '売上', cells: [...header, ...rows(3)] },
      ],
    });
    const { table, source } = await readBack(file);
    expect(table).toEqual([
      ['id', 'name', 'n'],
      ['001', 'Oat 1', '0.25'],
      ['002', 'Oat 2', '0.5'],
      ['003', 'Oat 3', '0.75'],
    ]);
    expect(source).toMatchObject({ format: 'xls', sheet: '売上', sheets: ['Hidden', 'Notizen ü', '売上'] });
    expect((await readBack(file, { sheet: 'Hidden' })).table).toEqual([['x'], ['y']]);
    await expect(readBack(file, { sheet: 'Sales' })).rejects.toThrow('it holds Hidden, Notizen ü, 売上');
    const packed = await zipOf({ 'book.xls': file, 'notes.md': 'none' });
    expect((await readBack(packed)).source).toMatchObject({ format: 'xls', member: 'book.xls' });
    expect((await readBack(gzipSync(file))).table).toHaveLength(4);
  });
  it('hold numbers of all kinds, dates, codes, flags, errors and results of formulas', async () => {
    const rk = (value: number, hundredths: number): Buffer => u32((value << 2) | 2 | hundredths);
    const half = Buffer.alloc(8);
    half.writeDoubleLE(0.5);
    const formula = (column: number, result: Buffer): Buffer =>
      record(0x06, u16(1, column, 0), result, Buffer.alloc(8));
    const names = ['day', 'moment', 'code', 'a', 'b', 'c', 'd', 'flag', 'error', 'sum', 'text', 'yes', 'none', 'share'];
    const cells = [
      ...names.map((name, at) => textCell(0, at, name)),
      numberCell(1, 0, 45_296, 1),
      numberCell(1, 1, 45_296.604166667, 2),
      record(0x27e, u16(1, 2, 3), rk(42, 0)),
      record(0xbd, u16(1, 3, 0), rk(-7, 0), u16(0), rk(1234, 1), u16(0), half.subarray(4), u16(5)),
      record(0x203, u16(1, 6, 0), real(0.1 + 0.2)),
      record(0x205, u16(1, 7, 0), Buffer.from([1, 0])),
      record(0x205, u16(1, 8, 0), Buffer.from([0x2a, 1])),
      formula(9, real(2.5)),
      formula(10, Buffer.from('000000000000ffff', 'hex')),
      record(0x207, long('made of 日本')),
      formula(11, Buffer.from('010001000000ffff', 'hex')),
      formula(12, Buffer.from('030000000000ffff', 'hex')),
      numberCell(1, 13, 0.15, 4),
    ];
    const formats = ['dd/mm/yyyy', 'yyyy-mm-dd hh:mm', '00000', '0%'];
    const book = { sheets: [{ name: 'S', cells }], formats };
    expect((await readBack(oldWorkbook(book))).table[1]).toEqual(
      ['2024-01-05', '2024-01-05T14:30:00', '00042', '-7', '12.34', '0.5', '0.3', 'TRUE', '#N/A'].concat(
        ...['2.5', 'made of 日本', 'TRUE', '', '0.15'],
      ),
    );
    expect((await readBack(oldWorkbook({ ...book, date1904: true }))).table[1]![0]).toBe('2028-01-06');
  });
  it('share texts, which go on in other records', async () => {
    const cut = record(0xfc, u32(4), u32(4), long('id'), u16(8), Buffer.from([0]), Buffer.from('Oat '));
    // Goes on in wide letters; then one with runs of fonts, and one that begins a record.
    const on = record(
      0x3c,
      Buffer.from([1]),
      Buffer.from('混ぜ物!', 'utf16le'),
      u16(3),
      Buffer.from([8]),
      u16(1),
      Buffer.from('Ryexxxx'),
    );
    const last = record(0x3c, long('Malt'));
    const shared = (at: number, text: number): Buffer => record(0xfd, u16(at, 0, 0), u32(text));
    const texts = [cut, on, last];
    const cells = [0, 1, 2, 3].map((at) => shared(at, at));
    expect((await readBack(oldWorkbook({ sheets: [{ name: 'S', cells }], texts }))).table).toEqual([
      ['id'],
      ['Oat 混ぜ物!'],
      ['Rye'],
      ['Malt'],
    ]);
  });
  it('may be large, and written column by column', async () => {
    const byColumn = [...header, ...rows(400)].sort((a, b) => a.readUInt16LE(6) - b.readUInt16LE(6));
    const { table } = await readBack(oldWorkbook({ sheets: [{ name: 'S', cells: byColumn }] }));
    expect(table).toHaveLength(401);
    expect(table[400]).toEqual(['00400', 'Oat 400', '100']);
  });
  it('are refused with a sentence where they cannot be read', async () => {
    const sheets = [{ name: 'S', cells: [...header, ...rows(200)] }];
    const locked = oldWorkbook({ sheets, more: [record(0x2f, u16(1))] });
    await expect(readBack(locked)).rejects.toThrow('protected by a password');
    await expect(readBack(compound('EncryptedPackage', Buffer.alloc(8)))).rejects.toThrow('protected by a password');
    await expect(readBack(compound('WordDocument', Buffer.alloc(8)))).rejects.toThrow('no workbook');
    await expect(readBack(compound('Book', Buffer.alloc(8)))).rejects.toThrow('Excel 95');
    const records = recordsOfBook({ sheets });
    records.writeUInt16LE(0x500, 4);
    await expect(readBack(compound('Workbook', records))).rejects.toThrow('Excel 95');
    const whole = oldWorkbook({ sheets });
    await expect(readBack(whole.subarray(0, 100))).rejects.toThrow('its beginning is missing');
    await expect(readBack(whole.subarray(0, 4_000))).rejects.toThrow('The workbook is damaged or cut off');
    await expect(readBack(oldWorkbook({ sheets: [{ name: 'S', cells: [] }] }))).rejects.toThrow(
      'The workbook is empty',
    );
  });
});
