import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { plainCell } from '@/lib/contract/csv';
import { readBack, zipOf } from './tables.fixture';
import { workbook } from './workbook.fixture';

// A table of texts comes back as it was, whichever kind of file it was written to.

const text = fc.oneof(
  fc.constantFrom(
    '007',
    '9007199254740993',
    '12,50',
    '1.234,5',
    '"quoted"',
    'two\nlines',
    "O'Neill",
    ';',
    '=1+1',
    '\t',
  ),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .filter((value) => value.trim() !== '' && !/[\r\0\ufeff]/.test(value)),
  fc.string({ unit: fc.constantFrom(...'äöüßéñ€漢字🙂 ,;"\n'), minLength: 1, maxLength: 8 }),
);
const table = fc.integer({ min: 2, max: 6 }).chain((width) =>
  fc.array(
    // The first column is a plain code: a table needs something to be known by.
    fc.tuple(
      fc.nat(1e6).map((id) => `0${id}`),
      ...Array.from({ length: width - 1 }, () => text),
    ),
    { minLength: 3, maxLength: 12 },
  ),
);

type Rows = string[][];
const objects = (header: string[], rows: Rows): Record<string, string>[] =>
  rows.map((row) => Object.fromEntries(row.map((cell, at) => [header[at]!, cell])));
const csv = (header: string[], rows: Rows): string =>
  [header, ...rows].map((row) => `${row.map(plainCell).join(',')}\r\n`).join('');
const parquet = (header: string[], rows: Rows): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: header.map((name, at) => ({ name, data: rows.map((row) => row[at]!), type: 'STRING' })),
      rowGroupSize: 5,
    }),
  );

const formats: Record<string, (header: string[], rows: Rows) => string | Uint8Array | Promise<Uint8Array>> = {
  JSON: (header, rows) => JSON.stringify(objects(header, rows), null, 1),
  'JSON lines': (header, rows) =>
    objects(header, rows)
      .map((row) => JSON.stringify(row))
      .join('\n'),
  'JSON in an object': (header, rows) => JSON.stringify({ page: 1, result: { rows: objects(header, rows) } }),
  'arrays of JSON': (header, rows) => JSON.stringify([header, ...rows]),
  'JSON in gzip': (header, rows) => gzipSync(JSON.stringify(objects(header, rows))),
  'a workbook': (header, rows) => workbook({ sheets: { S: [header, ...rows] } }),
  'a workbook with its texts in the cells': (header, rows) =>
    workbook({ sheets: { S: [header, ...rows] }, inline: true }),
  Parquet: parquet,
  'CSV in zip': (header, rows) => zipOf({ 'table.csv': csv(header, rows) }),
  'Parquet in zip': (header, rows) => zipOf({ 'table.parquet': parquet(header, rows) }),
};

it.each(Object.keys(formats))(
  '%s',
  async (name) => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const header = [
          'id',
          ...Array.from({ length: rows[0]!.length - 1 }, (_, at) => `col ${String.fromCharCode(97 + at)}`),
        ];
        const file = await formats[name]!(header, rows);
        expect((await readBack(file)).table).toEqual([header, ...rows]);
      }),
      { numRuns: 25 },
    );
  },
  60_000,
);
