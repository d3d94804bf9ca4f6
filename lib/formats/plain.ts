import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ApiError } from '@/lib/contract/errors';
import type { Reading, Source } from '@/lib/contract/reading';
import { env } from '@/lib/env';
import type { Follow } from './follow';
import { isGzip, openBytes } from './open';
import { readHtml } from './read-html';
import { readJson } from './read-json';
import { readOds } from './read-ods';
import { readParquet } from './read-parquet';
import { readXls } from './read-xls';
import { readXlsx } from './read-xlsx';
import { readXml } from './read-xml';
import { notReadable, recognise, type Content } from './recognise';
import { Archive, tablesIn, workbookIn } from './unzip';
import { CsvFile } from './write-csv';

// Everything behind this reads text. A file of another kind is written out as plain CSV, beside the file received.

/** Which of the tables in a file is meant. */
type Choice = Pick<Reading, 'member' | 'sheet' | 'encoding'>;

export interface Plain {
  /** The text to read: the file itself where it is text. */
  path: string;
  /** What the file is, where it is not text. */
  source?: Source;
}

type Table = Omit<Source, 'text' | 'size'>;

/** Where the text of a stored file is; `source` as it was detected. */
export const plainPath = (path: string, source: Source | undefined): string =>
  source ? `${path}-${source.text.slice(0, 16)}.csv` : path;

/** The text of a file. What is made of it is kept under names that begin with `base`. */
export async function plainOf(path: string, choice: Choice = {}, base = path, follow?: Follow): Promise<Plain> {
  const content = await recognise(path);
  if (content === 'text') {
    refuseMember(choice.member);
    refuseSheet(choice.sheet, 'text');
    return { path };
  }
  const parts: string[] = [];
  const newPart = (): string => {
    const part = `${base}-${randomUUID()}.part`;
    parts.push(part);
    return part;
  };
  try {
    const { from, ...table } = await writeTable(path, content, choice, { newPart, follow });
    const source: Source = { ...table, ...(await measure(from)) };
    await rename(from, plainPath(base, source));
    return { path: plainPath(base, source), source };
  } finally {
    await Promise.all(parts.map((part) => rm(part, { force: true })));
  }
}

/** Text in gzip is unpacked about ten times as fast as a workbook of its size is read. */
const UNPACKED_FASTER = 10;

/** Whether reading it may take longer than a request should: it is to be unpacked or converted, and not small. */
export async function takesLong(path: string): Promise<boolean> {
  const { size } = await stat(path);
  if (size <= env.READ_AT_ONCE_BYTES) return false;
  if ((await recognise(path)) !== 'text') return true;
  return size > UNPACKED_FASTER * env.READ_AT_ONCE_BYTES && (await isGzip(path));
}

/** Makes the text of a stored file anew where it is gone: what is copied or backed up may be the received files alone. */
export async function keepPlain(path: string, source: Source | undefined): Promise<void> {
  if (!source || existsSync(/* turbopackIgnore: true */ plainPath(path, source))) return;
  const { member, sheet } = source;
  await plainOf(path, { ...(member !== undefined && { member }), ...(sheet !== undefined && { sheet }) });
}

/** What the text is known by. */
export async function measure(path: string): Promise<Pick<Source, 'text' | 'size'>> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const bytes of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(bytes);
    size += bytes.length;
  }
  return { text: hash.digest('hex'), size };
}

/** Removes a stored file, and what was made of it. */
export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true });
  await removeMade(path);
}

/** Removes what was made of a stored file; `ending` narrows it: ".part" is what a reading that was cut off left behind. */
export async function removeMade(path: string, ending = ''): Promise<void> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  const made = names.filter((name) => name.startsWith(`${basename(path)}-`) && name.endsWith(ending));
  await Promise.all(made.map((name) => rm(join(folder, name), { force: true })));
}

interface Work {
  newPart: () => string;
  follow: Follow | undefined;
}

/** Writes the chosen table as text into a part; answers which part, and what it was. */
async function writeTable(
  given: string,
  content: Content,
  choice: Choice,
  work: Work,
): Promise<Table & { from: string }> {
  // Archives, old workbooks and Parquet files are read at any place.
  const anywhere = content === 'zip' || content === 'xls' || content === 'parquet';
  const unpack = anywhere && (await isGzip(given));
  const path = unpack ? await copy(openBytes(given), work) : given;
  if (content === 'zip') return fromArchive(path, choice, work);
  refuseMember(choice.member);
  if (content === 'xls') return made('xls', work, (csv) => readXls(path, choice.sheet, csv));
  if (content === 'html') return made('html', work, (csv) => readHtml(path, choice, csv));
  if (content === 'xml') return made('xml', work, (csv) => readXml(path, choice.sheet, csv));
  if (content === 'json') return made('json', work, (csv) => readJson(path, choice, csv));
  refuseSheet(choice.sheet, content === 'text' ? 'text' : 'Parquet');
  if (content === 'text') return { from: path, format: 'csv', named: false };
  return made('parquet', work, (csv) => readParquet(path, csv));
}

/** Of a workbook, which is an archive too, or of a file in an archive. */
async function fromArchive(path: string, choice: Choice, work: Work): Promise<Table & { from: string }> {
  const archive = await Archive.open(path);
  try {
    const book = workbookIn(archive.names);
    if (book) {
      refuseMember(choice.member);
      const read = book === 'ods' ? readOds : readXlsx;
      return await made(book, work, (csv) => read(archive, choice.sheet, csv));
    }
    const { member, members } = chooseMember(archive, choice.member);
    const part = await copy(archive.read(member), work);
    const content = await recognise(part);
    if (content === 'zip' && !(await isWorkbook(part))) throw notReadable('The file is an archive inside another');
    const table = await writeTable(part, content, { ...choice, member: undefined }, work);
    return { ...table, member, ...(members.length > 1 && { members: members.slice(0, MOST_NAMED) }) };
  } finally {
    archive.close();
  }
}

async function made(
  format: Source['format'],
  { newPart, follow }: Work,
  write: (csv: CsvFile) => Promise<Pick<Source, 'sheets' | 'sheet' | 'hidden' | 'named'>>,
): Promise<Table & { from: string }> {
  const part = newPart();
  const csv = new CsvFile(part, follow);
  try {
    const table = await write(csv);
    await csv.end();
    return { from: part, format, ...table };
  } finally {
    csv.destroy();
  }
}

const MOST_NAMED = 100;

async function copy(bytes: AsyncIterable<Buffer>, { newPart, follow }: Work): Promise<string> {
  const to = newPart();
  const followed = async function* (): AsyncGenerator<Buffer> {
    let done = 0;
    for await (const piece of bytes) {
      await follow?.({ stage: 'unpacking', done: (done += piece.length), total: null });
      yield piece;
    }
  };
  await pipeline(followed, createWriteStream(to));
  return to;
}

async function isWorkbook(path: string): Promise<boolean> {
  const archive = await Archive.open(path);
  try {
    return workbookIn(archive.names) !== null;
  } finally {
    archive.close();
  }
}

function chooseMember(archive: Archive, wanted: string | undefined): { member: string; members: string[] } {
  const members = tablesIn(archive.names);
  if (wanted !== undefined && archive.has(wanted)) return { member: wanted, members };
  const [first] = members;
  if (first === undefined) throw new ApiError('unprocessable', 'The archive holds no file.');
  if (wanted !== undefined)
    throw new ApiError(
      'unprocessable',
      `The archive holds no file "${wanted}"; it holds ${members.slice(0, 10).join(', ')}.`,
    );
  return { member: first, members };
}

function refuseMember(member: string | undefined): void {
  if (member !== undefined)
    throw new ApiError('unprocessable', `The file is no archive: it holds no file "${member}".`);
}

function refuseSheet(sheet: string | undefined, kind: string): void {
  if (sheet !== undefined)
    throw new ApiError('unprocessable', `The file is ${kind}, a single table: it holds no sheet "${sheet}".`);
}
