import type { Detected } from '@/lib/contract/imports';
import { NOT_A_DATE, anyDateReader } from './date';
import { parseExact } from './number';
import { RecordSplitter, type FileRecord } from './records';

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

const DELIMITERS = [',', ';', '\t', '|'];
const SAMPLES = 5;
const PREVIEW = 20;
const LOOKED_AT = 200;

/** What the beginning of a file says of its encoding, delimiter, header and columns. Pure: no file, no database. */
export function detect(inspection: Inspection): Detection {
  const encoding = encodingOf(inspection);
  let text = new TextDecoder(encoding).decode(inspection.sample);
  if (!inspection.complete) text = text.slice(0, Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1) || text;
  const delimiter = delimiterOf(text);
  const records = split(text, delimiter).filter((record) => record.fault === null);
  const first = records[0]?.fields.map((field) => field.trim()) ?? [];
  const header = isHeader(first);
  const width = header ? lastNamed(first) : modeWidth(records);
  const names = columnNames(Array.from({ length: width }, (_, at) => (header ? (first[at] ?? '') : '')));
  const rows = records.slice(header ? 1 : 0).map((record) => names.map((_, at) => (record.fields[at] ?? '').trim()));
  return {
    detected: {
      encoding,
      delimiter,
      columns: names.map((name, at) => ({ name, samples: samplesOf(rows, at) })),
      preview: rows.slice(0, PREVIEW),
      ...(header ? {} : { header: false }),
    },
    rows,
  };
}

export const newlineOf = (text: string): '\n' | '\r' => (!text.includes('\n') && text.includes('\r') ? '\r' : '\n');

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

function split(text: string, delimiter: string): FileRecord[] {
  const splitter = new RecordSplitter(delimiter, newlineOf(text));
  const records: FileRecord[] = [];
  const take = (record: FileRecord): void => void records.push(record);
  splitter.push(text, take);
  splitter.end(take);
  return records;
}

/** The delimiter that cuts most records into the same number of fields, and into more than one. */
function delimiterOf(text: string): string {
  let best = { delimiter: ',', share: 0, width: 1 };
  const start = text.slice(0, 100_000);
  for (const delimiter of DELIMITERS) {
    const records = split(start, delimiter).slice(0, LOOKED_AT);
    const width = modeWidth(records);
    if (width < 2) continue;
    const share = records.filter((record) => record.fields.length === width).length / records.length;
    if (share > best.share + 0.05 || (share > best.share - 0.05 && width > best.width))
      best = { delimiter, share, width };
  }
  return best.delimiter;
}

function modeWidth(records: FileRecord[]): number {
  const counts = new Map<number, number>();
  for (const { fields } of records.slice(0, LOOKED_AT)) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}

/** A header names things: hardly any number or date among its cells. */
function isHeader(first: string[]): boolean {
  const given = first.filter((cell) => cell !== '');
  const readDate = anyDateReader('dmy');
  const values = given.filter((cell) => parseExact(cell, '.') !== null || readDate(cell) !== NOT_A_DATE);
  return values.length === 0 || values.length < given.length * 0.3;
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
