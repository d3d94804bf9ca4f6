import 'server-only';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { ApiError } from '@/lib/contract/errors';
import { limitUnpacked } from './limits';
import { notReadable, saveAs } from './recognise';

/** Names inside of an archive are looked up, and never become names on the disk. */
export class Archive {
  private constructor(
    private readonly file: ZipFile,
    private readonly entries: Map<string, Entry>,
  ) {}

  static async open(path: string): Promise<Archive> {
    const entries = new Map<string, Entry>();
    let file: ZipFile | undefined;
    try {
      file = await openPromise(path, { autoClose: false });
      for await (const entry of file.eachEntry())
        if (!entry.fileName.endsWith('/') && !entries.has(entry.fileName)) entries.set(entry.fileName, entry);
      return new Archive(file, entries);
    } catch (error) {
      file?.close();
      throw damaged(error);
    }
  }

  get names(): string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** The bytes of one file of the archive. */
  async *read(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name);
    if (!entry) throw new ApiError('unprocessable', `The archive holds no file "${name}".`);
    if (entry.isEncrypted())
      throw new ApiError('unprocessable', 'The archive is protected by a password; send it without.');
    let unpacked = 0;
    let stream: Readable | undefined;
    try {
      stream = await this.file.openReadStreamPromise(entry);
      for await (const bytes of stream as AsyncIterable<Buffer>) {
        unpacked += bytes.length;
        limitUnpacked(unpacked, entry.compressedSize);
        yield bytes;
      }
    } catch (error) {
      throw damaged(error);
    } finally {
      stream?.destroy();
    }
  }

  close(): void {
    this.file.close();
  }
}

function damaged(error: unknown): Error {
  if (error instanceof ApiError) return error;
  const why = error instanceof Error ? error.message : String(error);
  if (/invalid relative path|absolute path|invalid characters in fileName/.test(why))
    return new ApiError('unprocessable', `The archive names a file outside of itself and is refused (${why}).`);
  return new ApiError('unprocessable', `The archive is damaged or cut off: it cannot be unpacked (${why}).`);
}

const table = /\.(csv|tsv|tab|txt|json|jsonl|ndjson|xlsx|xls|ods|parquet)(\.gz)?$/i;

/** The files of an archive that can be tables: those whose name says so, else all that are no by-product of a system. */
export function tablesIn(names: readonly string[]): string[] {
  const own = names.filter((name) => !name.startsWith('__MACOSX/') && !basename(name).startsWith('.'));
  const said = own.filter((name) => table.test(name));
  return said.length > 0 ? said : own;
}

/** What kind of workbook the archive is; null: none. Other kinds of documents are refused by name. */
export function workbookIn(names: readonly string[]): 'xlsx' | 'ods' | null {
  if (names.includes('xl/workbook.xml')) return 'xlsx';
  if (names.includes('xl/workbook.bin')) throw saveAs('a binary Excel workbook (.xlsb)');
  if (names.includes('content.xml') && names.includes('mimetype')) return 'ods';
  if (names.includes('[Content_Types].xml')) throw notReadable('The file is an Office document and no workbook');
  return null;
}
