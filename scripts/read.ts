import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { plainCell } from '@/lib/contract/csv';
import { reading as readingShape } from '@/lib/contract/reading';
import { openText } from '@/lib/formats/open';
import { plainPath } from '@/lib/formats/plain';
import { readingOf } from '@/lib/ingest/detect';
import { newlineOf } from '@/lib/ingest/dialect';
import { understand } from '@/lib/ingest/look';
import { RecordSplitter } from '@/lib/ingest/records';
import { TableRows } from '@/lib/ingest/table-rows';

// Says how a file is understood, or with --csv prints its table as plain CSV: one file in, one table out, nothing mapped.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    csv: { type: 'boolean' },
    member: { type: 'string' },
    sheet: { type: 'string' },
    encoding: { type: 'string' },
    delimiter: { type: 'string' },
    quote: { type: 'string' },
    'first-row': { type: 'string' },
    'header-rows': { type: 'string' },
  },
});

const row = (cells: readonly string[]): string => `${cells.map(plainCell).join(',')}\r\n`;
const whole = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/** Waits where what reads the output is slower than this. */
const print = (text: string): Promise<void> | undefined =>
  process.stdout.write(text) ? undefined : new Promise((done) => process.stdout.once('drain', done));

async function read(path: string, folder: string): Promise<void> {
  const given = readingShape.parse({
    member: values.member,
    sheet: values.sheet,
    encoding: values.encoding,
    delimiter: values.delimiter,
    quote: values.quote,
    firstRow: whole(values['first-row']),
    headerRows: whole(values['header-rows']),
  });
  const base = join(folder, 'table');
  const { detected } = await understand(path, given, base);
  const { columns, headerNames = [] } = detected;
  if (columns.length === 0) throw new Error('The file holds no rows.');
  if (!values.csv) {
    const { source, encoding, delimiter, quote, escape, firstRow, headerRows, lastRow, confidence, preview } = detected;
    const told = { source, encoding, delimiter, quote, escape, firstRow, headerRows, lastRow, confidence };
    console.log(JSON.stringify({ ...told, columns, preview: preview.slice(0, 5) }, null, 2));
    return;
  }
  await print(row(headerNames.length > 0 ? headerNames : columns.map(({ name }) => name)));
  let splitter: RecordSplitter | undefined;
  let rows: TableRows | undefined;
  let lines = '';
  for await (const text of openText(detected.source ? plainPath(base, detected.source) : path, detected.encoding)) {
    if (!splitter) {
      const { dialect, table } = readingOf(detected, newlineOf(text));
      splitter = new RecordSplitter(dialect);
      rows = new TableRows(table, dialect, ({ fields }) => {
        let width = fields.length;
        while (width > columns.length && fields[width - 1]?.trim() === '') width -= 1;
        lines += row(fields.slice(0, width));
      });
    }
    splitter.push(text, rows!.push);
    await print(lines);
    lines = '';
  }
  splitter?.end(rows!.push);
  rows?.end();
  await print(lines);
}

async function main([path, ...more]: string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'brandlens-'));
  try {
    if (!path || more.length > 0) throw new Error('Name one file: npm run --silent read -- FILE [--csv]');
    await read(path, folder);
  } catch (error) {
    if (values.csv) console.log('Application Error');
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main(positionals);
