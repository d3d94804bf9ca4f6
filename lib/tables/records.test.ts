import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileRecord } from './record';
import { RecordSplitter } from './records';

/** Splits the text given in pieces of this size: where a chunk of file ends must make no difference. */
function split(text: string, piece = text.length || 1, delimiter = ','): FileRecord[] {
  const splitter = new RecordSplitter({ delimiter, quote: '"' });
  const records: FileRecord[] = [];
  for (let at = 0; at < text.length; at += piece)
    splitter.push(text.slice(at, at + piece), (record) => records.push(record));
  splitter.end((record) => records.push(record));
  return records;
}
const fieldsOf = (text: string, ...rest: [number?, string?]): string[][] =>
  split(text, ...rest).map(({ fields }) => fields);

describe('sound records', () => {
  it.each([
    [
      'plain',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'no last line break',
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'CRLF',
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'quoted delimiter',
      'a,b\n"1,5",2\n',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'doubled quotes',
      'a,b\n1,"say ""hi"""\n',
      [
        ['a', 'b'],
        ['1', 'say "hi"'],
      ],
    ],
    [
      'line break in quotes',
      'a,b\n1,"x\ny"\n',
      [
        ['a', 'b'],
        ['1', 'x\ny'],
      ],
    ],
    [
      'quotes and CRLF',
      '"a","b"\r\n"1","2"\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['a blank before a quote', 'a, "b"\n', [['a', 'b']]],
    ['an inch sign inside a value', 'a,5" pipe,c\n', [['a', '5" pipe', 'c']]],
    [
      'empty fields',
      ',a,\n"",,b\n',
      [
        ['', 'a', ''],
        ['', '', 'b'],
      ],
    ],
  ])('%s', (_name, text, wanted) => {
    for (const piece of [1, 2, 3, 7, 1000]) expect(fieldsOf(text, piece)).toEqual(wanted);
  });

  it('reads back any table that is written with quotes, cut anywhere', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ', 'é', ';'), maxLength: 6 });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 20 }), (rows, piece) => {
        const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\n');
        const wanted = rows.filter((row) => row.some((value) => value.trim() !== ''));
        expect(fieldsOf(text, piece)).toEqual(wanted);
      }),
    );
  });

  it('keeps the text and the number of each record, blank rows counted but left out', () => {
    const splitter = new RecordSplitter({ delimiter: ',', quote: '"' });
    const records: FileRecord[] = [];
    splitter.push('h,i\n\n1,"a\nb"\n,,\n2,c\n', (record) => records.push(record));
    splitter.end((record) => records.push(record));
    expect(records.map(({ row, raw }) => [row, raw])).toEqual([
      [1, 'h,i'],
      [3, '1,"a\nb"'],
      [5, '2,c'],
    ]);
    expect(splitter.blank).toBe(2);
  });

  it('reads a value of one long line, such as a shape on a map', () => {
    const long = '-73.95 40.71, '.repeat(20_000);
    expect(fieldsOf(`a,b\n"${long}",2\n`, 65_536)).toEqual([
      ['a', 'b'],
      [long, '2'],
    ]);
  });

  it('splits at other delimiters and at lone carriage returns', () => {
    expect(fieldsOf('a;b\n1,5;2\n', 5, ';')).toEqual([
      ['a', 'b'],
      ['1,5', '2'],
    ]);
    expect(split('a,b\r1,"2"\r', 3).map(({ fields }) => fields)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });
});

describe('broken records', () => {
  it('gives up only the line with the stray text', () => {
    const records = split('a,b\n1,"x"y\n2,z\n', 4);
    expect(records.map(({ row, fault }) => [row, fault?.slice(0, 10) ?? null])).toEqual([
      [1, null],
      [2, 'Text follo'],
      [3, null],
    ]);
    expect(records[1]!.raw).toBe('1,"x"y');
  });

  it('does not let a quote that never closes swallow the rows below it', () => {
    const rest = Array.from({ length: 30_000 }, (_, at) => `${at},ok`);
    const records = split(['a,b', '1,"open', ...rest].join('\n'), 65_536);
    expect(records).toHaveLength(rest.length + 2);
    expect(records[1]).toMatchObject({ row: 2, raw: '1,"open', fields: ['1', 'open'] });
    expect(records[1]!.fault).toContain('never closed');
    expect(records.slice(2).every(({ fault }) => fault === null)).toBe(true);
  });

  it('names an open quote at the end of the file', () => {
    expect(split('a,b\n1,"open').map(({ fault }) => fault !== null)).toEqual([false, true]);
    expect(split('a,b\n1,"open\n2,z').map(({ fault }) => fault !== null)).toEqual([false, true, false]);
  });
});
