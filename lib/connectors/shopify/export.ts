import 'server-only';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { ApiError } from '@/lib/contract/errors';
import type { Mapping } from '@/lib/contract/imports';
import { decoderOf } from '@/lib/formats/encoding';
import { encodingOf } from '@/lib/formats/find-encoding';
import type { Converted } from '@/lib/ingest/receive';
import { AFTER_QUOTE, UNCLOSED } from '@/lib/tables/quotes';
import type { Row } from './product';
import { countOptions, writeTable, type Options } from './table';

// The product file that Shopify exports: a product's first row names it, the rows below it only add variants and pictures.

/** Under the names of both forms that the export has had. */
const names = {
  handle: ['handle', 'url handle'],
  title: ['title'],
  vendor: ['vendor'],
  type: ['type'],
  tags: ['tags'],
  sku: ['variant sku', 'sku'],
  barcode: ['variant barcode', 'barcode'],
  price: ['variant price', 'price'],
  before: ['variant compare at price', 'compare-at price'],
} as const;
type Name = keyof typeof names;

const required = ['handle', 'title', 'vendor', 'sku', 'price'] as const satisfies readonly Name[];

/** Whether the file begins as a product export does. */
export async function isExport(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8_192), 0, 8_192, 0);
    const head =
      buffer
        .subarray(0, bytesRead)
        .toString('utf8')
        .replace(/^\uFEFF/, '')
        .split(/\r?\n/)[0] ?? '';
    const columns = head.split(',').map((column) => column.replaceAll('"', '').trim().toLowerCase());
    const hasOptions = columns.includes('option1 name') && columns.includes('option1 value');
    return hasOptions && required.every((name) => names[name].some((known) => columns.includes(known)));
  } finally {
    await file.close();
  }
}

const only = 'Default Title';

/** How a file is read that an export was written as. */
export const exportReading = { encoding: 'utf-8', delimiter: ',', quote: '"', firstRow: 1 } as const;

/** An export that was received becomes the product file that it stands for, in its place; null: it is none. */
export async function convertExport(path: string): Promise<Converted | null> {
  if (!(await isExport(path))) return null;
  const folder = `${path}-export`;
  await mkdir(folder);
  try {
    const written = await writeExport(path, folder);
    await rename(written.path, path);
    return { kind: 'products', mapping: written.mapping, reading: exportReading };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes an export as a product file, and says how that is read. */
export async function writeExport(from: string, folder: string): Promise<{ path: string; mapping: Mapping }> {
  const [rows, path] = [`${folder}/export.jsonl`, `${folder}/export.csv`];
  let options: Options = {};
  const lines = async function* (): AsyncGenerator<string> {
    for await (const row of rowsOf(from)) {
      options = countOptions(options, [row]);
      yield `${JSON.stringify(row)}\n`;
    }
  };
  await pipeline(lines, createWriteStream(rows)).catch((error: unknown) => {
    if (!(error instanceof CsvError)) throw error;
    const reason = faults[error.code] ?? error.message;
    const at = 'lines' in error ? `, line ${String(error['lines'])}` : '';
    throw new ApiError('unprocessable', `The product export cannot be read as CSV${at}: ${reason}.`);
  });
  return { path, mapping: await writeTable(rows, path, options) };
}

const faults: Partial<Record<CsvError['code'], string>> = {
  CSV_QUOTE_NOT_CLOSED: UNCLOSED,
  CSV_INVALID_CLOSING_QUOTE: AFTER_QUOTE,
};

/** A spreadsheet that saves an export writes it in the encoding of its system. */
async function* textIn(path: string): AsyncGenerator<string> {
  const decode = decoderOf(await encodingOf(path));
  for await (const bytes of createReadStream(path) as AsyncIterable<Buffer>) yield decode(bytes);
  yield decode();
}

async function* rowsOf(path: string): AsyncGenerator<Row> {
  const columns = (header: string[]) => header.map((name) => name.trim().toLowerCase());
  const reader = Readable.from(textIn(path)).pipe(
    parse({ columns, bom: true, relax_column_count: true, skip_empty_lines: true }),
  );
  let first: Record<string, string> = {};
  for await (const given of reader as AsyncIterable<Record<string, string>>) {
    const own = (name: Name): string =>
      textOf(names[name].map((known) => given[known]).find((value) => value !== undefined));
    if (own('title') !== '' || own('handle') !== textOf(first['handle'] ?? first['url handle'])) first = given;
    const shared = (name: Name): string =>
      textOf(names[name].map((known) => first[known]).find((value) => value !== undefined));
    const chosen = [1, 2, 3].flatMap((at) => {
      const [name, value] = [textOf(first[`option${at} name`]), textOf(given[`option${at} value`])];
      return name !== '' && value !== '' && value !== only ? [[name, value] as const] : [];
    });
    // A picture's row has neither a price nor an option.
    if (own('price') === '' && textOf(given['option1 value']) === '') continue;
    const form = chosen.map(([, value]) => value).join(' / ');
    const handle = shared('handle');
    const code = own('sku') || (handle && [handle, ...chosen.map(([, value]) => value)].join(' / '));
    // What has no code, or that of an earlier row, is for the check to reject.
    yield {
      code,
      name: form === '' ? shared('title') : `${shared('title')} – ${form}`,
      brand: shared('vendor'),
      type: shared('type'),
      handle,
      product: '',
      variant: '',
      sku: own('sku'),
      barcode: own('barcode'),
      price: own('price'),
      before: own('before'),
      tags: shared('tags'),
      options: Object.fromEntries(chosen),
    };
  }
}

const textOf = (value: string | undefined): string => (value ?? '').replace(/\s+/g, ' ').trim();
