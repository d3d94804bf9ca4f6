import type { Detected, Reading, Source } from '@/lib/contract/reading';
import { decoderOf, mostlyUtf8, utf16Of, utf32Of } from '@/lib/formats/encoding';
import { limitColumns } from '@/lib/formats/limits';
import { guessDialect } from './dialect';
import { splitText } from './split-text';
import { typedColumns, valueTests } from './header';
import type { Dialect } from './record';
import type { TableShape } from './shape';
import { findTable } from './table';
import { TableRows } from './table-rows';

export interface Inspection {
  /** The beginning of the file, unpacked. */
  sample: Buffer;
  /** The sample is the whole file. */
  complete: boolean;
  /** Every byte of the file is sound UTF-8. */
  utf8: boolean;
  /** The encoding that its letters speak for, where it is not UTF-8 and not Western. */
  likely?: string | undefined;
}

export interface Detection {
  detected: Detected;
  /** The data rows at the beginning of the file, padded or cut to the columns. */
  rows: string[][];
}

const SAMPLES = 5;
const PREVIEW = 20;

/** What the beginning of a file says of its encoding, delimiter, header and columns. Pure: no file, no database. */
export function detect(inspection: Inspection, asked: Reading = {}, source?: Source): Detection {
  const given = { ...asked, ...(source && source.format !== 'csv' && writtenBy(source)) };
  const encoding = given.encoding ?? encodingOf(inspection);
  let text = decoderOf(encoding)(inspection.sample);
  if (!inspection.complete) text = text.slice(0, Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1) || text;
  const { dialect, confidence } = guessDialect(text, given);
  const records = splitText(text, dialect);
  // Among many thousand columns it takes long to find where the table stands.
  limitColumns(usualWidth(records.map(({ fields }) => fields.length)));
  const table = findTable(records, dialect, { ...given, whole: source?.named });
  // Rows may have more values than the header has names.
  const width = Math.max(lastNamed(table.header), table.width);
  const names = columnNames(Array.from({ length: width }, (_, at) => table.header[at] ?? ''));
  const rows: string[][] = [];
  const reader = new TableRows({ ...table, width }, dialect, (row) => {
    if (row.fault === null) rows.push(names.map((_, at) => (row.fields[at] ?? '').trim()));
  });
  for (const record of records) reader.push(record);
  reader.end();
  return {
    detected: {
      ...(source && { source }),
      encoding,
      delimiter: dialect.delimiter,
      columns: names.map((name, at) => ({ name, samples: samplesOf(rows, at) })),
      preview: rows.slice(0, PREVIEW),
      ...(table.headerRows === 0 && { header: false }),
      quote: dialect.quote,
      ...(dialect.escape !== undefined && { escape: dialect.escape }),
      ...(dialect.ending !== undefined && { ending: dialect.ending }),
      ...(dialect.wrapped && { wrapped: true }),
      ...(dialect.gaps && { gaps: dialect.gaps.map(([from, to]) => [from, to]) }),
      firstRow: table.firstRow,
      headerRows: table.headerRows,
      ...(table.lastRow !== undefined && { lastRow: table.lastRow }),
      headerNames: table.header,
      confidence,
    },
    rows,
  };
}

/** How the text is written that was made of a file of another kind. */
const writtenBy = ({ named }: Source): Reading => ({
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  escape: '',
  ending: '\n',
  ...(named && { firstRow: 1, headerRows: 1 }),
});

/** How a file that was detected is read; files detected before there was more to tell have one header row, at the top. */
export function readingOf(detected: Detected): { dialect: Dialect; table: TableShape } {
  const {
    delimiter,
    quote = '"',
    escape,
    ending,
    gaps,
    wrapped,
    columns,
    preview,
    header,
    firstRow = 1,
    lastRow,
    headerNames = [],
  } = detected;
  return {
    dialect: { delimiter, quote, escape, ending, gaps, wrapped },
    table: {
      width: columns.length,
      firstRow,
      headerRows: detected.headerRows ?? (header === false ? 0 : 1),
      lastRow,
      header: headerNames,
      typed: typedColumns(preview, columns.length),
      isValue: valueTests(preview, columns.length),
      whole: detected.source?.named,
    },
  };
}

/** Half of the rows are no wider. */
const usualWidth = (widths: number[]): number => widths.sort((a, b) => a - b)[(widths.length - 1) >> 1] ?? 0;

function encodingOf({ sample, utf8, likely }: Inspection): string {
  const wide = utf32Of(sample) ?? utf16Of(sample);
  return wide ?? (utf8 || mostlyUtf8(sample) ? 'utf-8' : (likely ?? 'windows-1252'));
}

/** Delimiters at the end of the header name no column. */
function lastNamed(first: string[]): number {
  let width = first.length;
  while (width > 0 && first[width - 1] === '') width -= 1;
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
