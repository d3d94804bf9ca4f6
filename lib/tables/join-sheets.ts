import 'server-only';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { ApiError } from '@/lib/contract/errors';
import type { Detected, Reading, Source } from '@/lib/contract/reading';
import type { Follow } from '@/lib/formats/follow';
import { openText } from '@/lib/formats/open';
import { keepPlain, measure, plainOf, plainPath, type Plain } from '@/lib/formats/plain';
import { CsvFile } from '@/lib/formats/write-csv';
import { detect, readingOf } from './detect';
import { inspect } from './inspect';
import { cutTo } from './notes';
import { RecordSplitter } from './records';
import { TableRows } from './table-rows';

// Months, stores or regions that have a sheet each are one table: the sheets of one header, one below the other.

/** The column that tells which sheet a row is of. */
const SHEET = 'Sheet';

/** The text of a file: of one of its tables or, where that is asked for, of all that have its header. */
export async function plainTextOf(path: string, given: Reading, base = path, follow?: Follow): Promise<Plain> {
  const { sheets: wanted, ...choice } = given;
  const first = await plainOf(path, choice, base, follow);
  if (wanted === undefined) return first;
  const { source } = first;
  if (!source?.sheets)
    throw new ApiError('unprocessable', 'The file holds a single table: there are no sheets to read as one.');
  const head = await tableOf(first);
  const names = head.headerNames ?? [];
  if (names.length === 0)
    throw new ApiError(
      'unprocessable',
      `The sheet "${source.sheet}" has no header, by which others could be known as alike; choose one of the sheets.`,
    );
  const part = `${base}-${randomUUID()}.part`;
  const csv = new CsvFile(part, follow);
  try {
    csv.row([...head.columns.map(({ name }) => name), SHEET]);
    const joined: NonNullable<Source['joined']> = [];
    for (const sheet of source.sheets.filter((name) => name === source.sheet || !source.hidden?.includes(name))) {
      const own = sheet === source.sheet ? first : await sheetOf(path, { ...choice, sheet }, `${part}-of`, follow);
      if (!own) continue;
      const detected = sheet === source.sheet ? head : await tableOf(own);
      if (isAlike(names, detected)) joined.push({ sheet, ...(await append(own, detected, sheet, csv)) });
      if (own !== first) await rm(own.path, { force: true });
    }
    await csv.end();
    const whole: Source = { ...source, joined, named: true, ...(await measure(part)) };
    await rename(part, plainPath(base, whole));
    return { path: plainPath(base, whole), source: whole };
  } finally {
    csv.destroy();
    await Promise.all([part, first.path].map((made) => rm(made, { force: true })));
  }
}

/** Makes the text of a stored file anew where it is gone. */
export async function keepPlainText(path: string, source: Source | undefined): Promise<void> {
  if (!source?.joined) return keepPlain(path, source);
  if (existsSync(/* turbopackIgnore: true */ plainPath(path, source))) return;
  const { member, sheet } = source;
  await plainTextOf(path, {
    sheets: 'alike',
    ...(member !== undefined && { member }),
    ...(sheet !== undefined && { sheet }),
  });
}

/** Null: the sheet is empty. */
async function sheetOf(path: string, choice: Reading, base: string, follow?: Follow): Promise<Plain | null> {
  try {
    return await plainOf(path, choice, base, follow);
  } catch (error) {
    if (error instanceof ApiError && error.code === 'unprocessable') return null;
    throw error;
  }
}

const tableOf = async ({ path, source }: Plain): Promise<Detected> => detect(await inspect(path), {}, source).detected;

const isAlike = (names: readonly string[], { headerNames = [] }: Detected): boolean =>
  names.length === headerNames.length &&
  names.every((name, at) => name.trim().toLowerCase() === headerNames[at]!.trim().toLowerCase());

async function append(
  { path }: Plain,
  detected: Detected,
  sheet: string,
  csv: CsvFile,
): Promise<{ rows: number; left: number }> {
  const { dialect, table } = readingOf(detected);
  let rows = 0;
  const splitter = new RecordSplitter(dialect);
  const reader = new TableRows(table, dialect, ({ fields }) => {
    rows += 1;
    const own = cutTo(table.width, fields);
    csv.row([...own, ...Array.from({ length: table.width - own.length }, () => ''), sheet]);
  });
  for await (const text of openText(path, detected.encoding)) {
    splitter.push(text, reader.push);
    await csv.flush();
  }
  splitter.end(reader.push);
  reader.end();
  return { rows, left: reader.after.length };
}
