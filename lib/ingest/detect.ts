import type { Detected, Reading } from '@/lib/contract/reading';
import { guessDialect, splitText } from './dialect';
import type { Dialect } from './records';
import { findTable, type TableShape } from './table';
import { TableRows } from './table-rows';

export interface Inspection {
  /** The beginning of the file, unpacked. */
  sample: Buffer;
  /** The sample is the whole file. */
  complete: boolean;
  /** Every byte of the file is sound UTF-8. */
  utf8: boolean;
}

export interface Detection {
  detected: Detected;
  /** The data rows at the beginning of the file, padded or cut to the columns. */
  rows: string[][];
}

const SAMPLES = 5;
const PREVIEW = 20;

/** What the beginning of a file says of its encoding, delimiter, header and columns. Pure: no file, no database. */
export function detect(inspection: Inspection, given: Reading = {}): Detection {
  const encoding = given.encoding ?? encodingOf(inspection);
  let text = new TextDecoder(encoding).decode(inspection.sample);
  if (!inspection.complete) text = text.slice(0, Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1) || text;
  const { dialect, confidence } = guessDialect(text, given);
  const records = splitText(text, dialect);
  const table = findTable(
    records.filter(({ fault }) => fault === null),
    given,
  );
  const width = table.headerRows > 0 ? lastNamed(table.header) : table.width;
  const names = columnNames(Array.from({ length: width }, (_, at) => table.header[at] ?? ''));
  const rows: string[][] = [];
  const reader = new TableRows({ ...table, width }, dialect, (row) => {
    if (row.fault === null) rows.push(names.map((_, at) => (row.fields[at] ?? '').trim()));
  });
  for (const record of records) reader.push(record);
  reader.end();
  return {
    detected: {
      encoding,
      delimiter: dialect.delimiter,
      columns: names.map((name, at) => ({ name, samples: samplesOf(rows, at) })),
      preview: rows.slice(0, PREVIEW),
      ...(table.headerRows === 0 && { header: false }),
      quote: dialect.quote,
      ...(dialect.escape && { escape: dialect.escape }),
      firstRow: table.firstRow,
      headerRows: table.headerRows,
      ...(table.lastRow !== undefined && { lastRow: table.lastRow }),
      headerNames: table.header,
      confidence,
    },
    rows,
  };
}

/** How a file that was detected is read; files detected before there was more to tell have one header row, at the top. */
export function readingOf(detected: Detected, newline: Dialect['newline']): { dialect: Dialect; table: TableShape } {
  const { delimiter, quote = '"', escape, columns, header, firstRow = 1, lastRow, headerNames = [] } = detected;
  return {
    dialect: { delimiter, quote, escape, newline },
    table: {
      width: columns.length,
      firstRow,
      headerRows: detected.headerRows ?? (header === false ? 0 : 1),
      lastRow,
      header: headerNames,
    },
  };
}

function encodingOf({ sample, utf8 }: Inspection): string {
  return utf16Of(sample) ?? (utf8 ? 'utf-8' : 'windows-1252');
}

/** UTF-16 by its byte order mark, or by the zeros that Latin letters have in it. */
export function utf16Of(start: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const length = Math.min(start.length, 2000) & ~1;
  let [even, odd] = [0, 0];
  for (let at = 0; at < length; at += 2) {
    if (start[at] === 0) even += 1;
    if (start[at + 1] === 0) odd += 1;
  }
  if (odd > length / 4 && even === 0) return 'utf-16le';
  return even > length / 4 && odd === 0 ? 'utf-16be' : null;
}

/** Delimiters at the end of the header name no column. */
function lastNamed(first: string[]): number {
  let width = first.length;
  while (width > 1 && first[width - 1] === '') width -= 1;
  return width;
}

/** Every column by a name of its own: the header's, numbered where it is empty or there twice. */
function columnNames(header: string[]): string[] {
  const taken = new Set<string>();
  return header.map((given, at) => {
    const name = given || `Column ${at + 1}`;
    let unique = name;
    for (let count = 2; taken.has(unique); count += 1) unique = `${name} (${count})`;
    taken.add(unique);
    return unique;
  });
}

function samplesOf(rows: string[][], at: number): string[] {
  const samples = new Set<string>();
  for (const row of rows) {
    if (row[at]) samples.add(row[at].slice(0, 200));
    if (samples.size === SAMPLES) break;
  }
  return [...samples];
}
