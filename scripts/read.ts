import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainCell } from '@/lib/contract/csv';
import { openText } from '@/lib/formats/open';
import { plainPath } from '@/lib/formats/plain';
import { readingOf } from '@/lib/tables/detect';
import { understand } from '@/lib/mapping/look';
import { RecordSplitter } from '@/lib/tables/records';
import { writtenFields } from '@/lib/tables/notes';
import { TableRows } from '@/lib/tables/table-rows';
import { Fault, main } from './fault';
import { readOptions } from './options';
import { readingFrom, readingOptions, readingUsage, type ReadingValues } from './reading-options';

// Says how a file is understood, or with --csv prints its table as plain CSV: one file in, one table out, nothing mapped.

const usage = `How a file is understood:

  npm run --silent read -- FILE       as JSON: what was detected, the columns, the first rows
    --csv                             its table as plain CSV, the header first
${readingUsage}`;

interface Asked extends ReadingValues {
  csv?: boolean | undefined;
}

const row = (cells: readonly string[]): string => `${cells.map(plainCell).join(',')}\r\n`;

/** Waits where what reads the output is slower than this. */
const print = (text: string): Promise<void> | undefined =>
  process.stdout.write(text) ? undefined : new Promise((done) => process.stdout.once('drain', done));

async function read(path: string, values: Asked, folder: string): Promise<void> {
  const base = join(folder, 'table');
  const { detected } = await understand(path, readingFrom(values), base);
  const { columns, headerNames = [] } = detected;
  if (columns.length === 0) throw new Fault('The file holds no rows.');
  if (!values.csv) {
    const { source, encoding, delimiter, quote, escape, ending, firstRow, headerRows, lastRow, confidence } = detected;
    const told = { source, encoding, delimiter, quote, escape, ending, firstRow, headerRows, lastRow, confidence };
    console.log(JSON.stringify({ ...told, columns, preview: detected.preview.slice(0, 5) }, null, 2));
    return;
  }
  await print(row(headerNames.length > 0 ? headerNames : columns.map(({ name }) => name)));
  let splitter: RecordSplitter | undefined;
  let rows: TableRows | undefined;
  let lines = '';
  for await (const text of openText(detected.source ? plainPath(base, detected.source) : path, detected.encoding)) {
    if (!splitter) {
      const { dialect, table } = readingOf(detected);
      splitter = new RecordSplitter(dialect);
      rows = new TableRows(table, dialect, (record) => {
        lines += row(writtenFields(record, columns.length));
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

void main(async () => {
  const options = { csv: { type: 'boolean' }, ...readingOptions } as const;
  const { values, positionals } = readOptions(usage, { allowPositionals: true, options });
  const folder = mkdtempSync(join(tmpdir(), 'brandlens-'));
  try {
    const [path, ...more] = positionals;
    if (!path || more.length > 0) throw new Fault(`Name one file.\n\n${usage}`);
    if (!existsSync(path) || !statSync(path).isFile()) throw new Fault(`There is no file ${path}.`);
    await read(path, values, folder);
  } catch (error) {
    if (values.csv) console.log('Application Error');
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
