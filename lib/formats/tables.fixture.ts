import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import type { Reading, Source } from '@/lib/contract/reading';
import { readingOf } from '@/lib/tables/detect';
import { understand } from '@/lib/mapping/look';
import { RecordSplitter } from '@/lib/tables/records';
import { TableRows } from '@/lib/tables/table-rows';
import { gunzipSync } from 'node:zlib';
import { decoderOf } from './encoding';
import { plainPath } from './plain';

/** Stores a file, and reads it as the app does: its header and its rows, and what it was. */
export async function readBack(
  content: string | Uint8Array,
  given?: Reading,
): Promise<{ table: string[][]; source: Source | undefined }> {
  const folder = mkdtempSync(join(tmpdir(), 'brandlens-formats-'));
  try {
    const path = join(folder, randomUUID());
    writeFileSync(path, content);
    const { detected } = await understand(path, given);
    const bytes = readFileSync(plainPath(path, detected.source));
    const text = decoderOf(detected.encoding)(bytes[0] === 0x1f ? gunzipSync(bytes) : bytes);
    const { dialect, table } = readingOf(detected);
    const rows: string[][] = [];
    const reader = new TableRows(table, dialect, ({ fields }) => rows.push(fields));
    const splitter = new RecordSplitter(dialect);
    splitter.push(text, reader.push);
    splitter.end(reader.push);
    reader.end();
    const header = detected.headerNames?.length ? detected.headerNames : detected.columns.map(({ name }) => name);
    return { table: [header, ...rows], source: detected.source };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function zipOf(files: Record<string, string | Uint8Array>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}
