import 'server-only';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type { FolderSource, HttpSource, S3Source } from '@/lib/contract/connector-sources';
import { ApiError } from '@/lib/contract/errors';
import type { ImportKind, Mapping } from '@/lib/contract/imports';
import type { Reading } from '@/lib/contract/reading';
import { loadPool } from '@/lib/db/pool';
import { checkFile } from '@/lib/ingest/check';
import { readImport } from '@/lib/ingest/read';
import { receiveFile, type ReplacesBy } from '@/lib/ingest/receive';
import { placeFor } from './place';
import { exportReading, isExport, writeExport } from './shopify/export';
import type { Visit } from './visit';

export interface Fetched {
  path: string;
  fileName: string;
  kind?: ImportKind | undefined;
  reading?: Reading;
  /** Left out: as is proposed. */
  mapping?: Mapping | undefined;
  /** What it takes the place of when it is published. */
  replacesBy?: ReplacesBy | undefined;
}

/** What the settings of a source say of its files. */
export const fetchedBy = ({ fileKind, mapping, replace }: HttpSource | FolderSource | S3Source) => ({
  kind: fileKind,
  mapping,
  replacesBy: replace ? ('place' as const) : undefined,
});

/**
 * Hands a fetched file over, as any upload: received, checked, and published if the connector says so and no row was rejected.
 * What is wrong with the file is noted; the run goes on. Handed over twice, after a crash, it is still one import.
 */
export async function deliver(visit: Visit, file: Fetched): Promise<void> {
  try {
    await take(visit, await understood(visit, file));
  } catch (error) {
    if (!(error instanceof ApiError) || visit.signal.aborted) throw error;
    const sentence = `${file.fileName}: ${error.message}`;
    // What is in the workspace already is missing nowhere.
    if (error.code === 'conflict') visit.note(sentence);
    else visit.refuse(sentence);
  }
}

/** A product export of Shopify's is made the product file that it stands for; anything else is what it is. */
async function understood(visit: Visit, file: Fetched): Promise<Fetched> {
  const isOther = file.mapping !== undefined || (file.kind !== undefined && file.kind !== 'products');
  if (isOther || !(await isExport(file.path))) return file;
  const { workspaceId, connectorId } = visit.subject;
  const folder = placeFor(workspaceId, connectorId);
  await mkdir(folder, { recursive: true });
  return { ...file, ...(await writeExport(file.path, folder)), kind: 'products', reading: exportReading };
}

async function take(visit: Visit, file: Fetched): Promise<void> {
  const { workspaceId, connectorId, publish } = visit.subject;
  const userId = `connector:${connectorId}`;
  const known = await knownOf(workspaceId, userId, await hashOf(file.path));
  const importId = known ?? (await receive(visit, file, userId));
  const one = { workspaceId, importId, userId };
  let found = await readImport(workspaceId, importId);
  if (found.state === 'uploaded' && !file.mapping && found.recalled?.near)
    visit.note(`${file.fileName}: ${found.recalled.sentence}`);
  if (found.state === 'uploaded' || (found.state === 'failed' && found.rowsIn === null)) {
    const mapping = file.mapping ?? found.mapping;
    if (!mapping) throw new ApiError('unprocessable', 'nothing could be understood of it.');
    await checkFile({ ...one, kind: file.kind ?? found.kind, mapping, signal: visit.signal });
    found = await readImport(workspaceId, importId);
  }
  const { state, error, rowsRejected, report } = found;
  if (state === 'failed') visit.refuse(`${file.fileName}: ${error ?? `import ${importId} could not be checked.`}`);
  else if (state === 'validated' && rowsRejected) {
    const rows = rowsRejected === 1 ? 'row was' : 'rows were';
    visit.note(
      `${file.fileName}: ${rowsRejected.toLocaleString('en')} ${rows} rejected; import ${importId} waits for somebody to look at it.`,
    );
  } else if (publish && state === 'validated' && report?.warnings.some(({ rule }) => rule === 'date_order_open')) {
    visit.note(
      `${file.fileName}: no date says which number is the day; import ${importId} waits for somebody to choose the date format.`,
    );
  } else if (publish && state === 'validated') await visit.around.publish(one);
}

async function receive(
  visit: Visit,
  { path, fileName, kind, reading, replacesBy, mapping }: Fetched,
  userId: string,
): Promise<number> {
  const { workspaceId } = visit.subject;
  const body = createReadStream(path);
  const id = await receiveFile({
    workspaceId,
    userId,
    fileName,
    body,
    nearMatch: mapping ? 'off' : 'tell',
    ...(kind && { kind }),
    ...(reading && { reading }),
    ...(replacesBy && { replacesBy }),
  });
  visit.imports.push(id);
  visit.files += 1;
  return id;
}

/** The import that an earlier run made of the same file, whatever has become of it. */
async function knownOf(workspaceId: number, userId: string, hash: string): Promise<number | undefined> {
  const { rows } = await loadPool.query<{ id: number }>(
    `SELECT id FROM import WHERE workspace_id = $1 AND file_hash = $2 AND created_by = $3 AND push_key IS NULL
     ORDER BY id DESC LIMIT 1`,
    [workspaceId, hash, userId],
  );
  return rows[0]?.id;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
