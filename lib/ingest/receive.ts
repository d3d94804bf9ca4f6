import 'server-only';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { recordAudit } from '@/lib/audit/record';
import { ApiError } from '@/lib/contract/errors';
import type { KeptFixes } from '@/lib/contract/fixes';
import type { ImportKind, ImportSummary, Mapping } from '@/lib/contract/imports';
import type { Reading } from '@/lib/contract/reading';
import { inTransaction } from '@/lib/db/transaction';
import { env } from '@/lib/env';
import { newReceivedPath } from '@/lib/files/folder';
import { removeFile, takesLong } from '@/lib/formats/plain';
import { lookAt, textOf } from '@/lib/mapping/look';
import type { PoolClient } from 'pg';
import { recallMapping, type NearMatch } from '@/lib/mapping/recall-mapping';
import { fixText } from '@/lib/mapping/one-fix';
import { refusePublished } from './refuse-published';

export type ReplacesBy = NonNullable<ImportSummary['replacesBy']>;

/** What a file of another program was made, and how it is read and mapped. */
export interface Converted {
  kind: ImportKind;
  mapping: Mapping;
  reading: Reading;
}

/** Keeps a received file, says what it seems to be; answers the import's id. Leaves nothing behind when it refuses. */
export async function receiveFile(received: {
  workspaceId: number;
  userId: string | null;
  fileName: string;
  kind?: ImportKind;
  /** What is known of how it is written. */
  reading?: Reading;
  body: Readable;
  /** What it takes the place of when it is published, whoever publishes it. */
  replacesBy?: ReplacesBy;
  /** Left out: somebody looks at what is proposed. */
  nearMatch?: NearMatch;
  /** Makes another file of it in its place, where it is of a kind that stands for one. */
  convert?: (path: string) => Promise<Converted | null>;
  /** Asks for a job, within the transaction, that reads what takes longer than its sender should wait. */
  later?: (client: PoolClient, importId: number) => Promise<void>;
}): Promise<number> {
  const { workspaceId, body, replacesBy = null, later } = received;
  const fileName = basename(received.fileName.replaceAll('\\', '/')).replaceAll('\u0000', '').slice(0, 255) || 'file';
  const path = await newReceivedPath(workspaceId);
  try {
    let saved = await save(body, path);
    if (later && (await takesLong(path))) {
      await refusePublished(workspaceId, saved.hash);
      const unread = {
        kind: received.kind ?? 'transactions',
        detected: {},
        mapping: {},
        signature: null,
        recalled: null,
        carried: [],
      };
      return await inTransaction(async (client) => {
        const id = await insert(client, { ...received, ...saved, ...unread, state: 'reading', fileName, path });
        await later(client, id);
        return id;
      });
    }
    const converted = (await received.convert?.(path)) ?? null;
    if (converted) saved = await measure(path);
    const { hash } = saved;
    const { kind, reading } = converted ?? received;
    await refusePublished(workspaceId, hash);
    const looked = { ...(await lookAt(path, kind, reading)), ...(converted && { mapping: converted.mapping }) };
    const proposal = await recallMapping(workspaceId, looked, kind, converted ? 'off' : received.nearMatch);
    const uploaded = { ...received, ...saved, ...proposal, replacesBy, state: 'uploaded' as const, fileName, path };
    return await inTransaction((client) => insert(client, uploaded));
  } catch (error) {
    await removeFile(path);
    throw error;
  }
}

interface Kept {
  workspaceId: number;
  userId: string | null;
  state: 'reading' | 'uploaded';
  kind: ImportKind;
  fileName: string;
  path: string;
  hash: string;
  size: number;
  detected: object;
  mapping: object;
  signature: string | null;
  recalled: object | null;
  /** What its remembered mapping says is set right in each such file. */
  carried: KeptFixes['values'];
  replacesBy?: ReplacesBy | null;
}

async function insert(client: PoolClient, kept: Kept): Promise<number> {
  const { workspaceId, userId, state, kind, fileName, path, hash, size, signature, recalled, replacesBy = null } = kept;
  const { carried } = kept;
  const { rows: made } = await client.query<{ id: number }>(
    `INSERT INTO import (workspace_id, kind, state, file_name, file_size, file_hash, file_path, detected, mapping, created_by,
                         signature, recalled, replaces_by, fixes)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id`,
    [
      workspaceId,
      kind,
      state,
      fileName,
      size,
      hash,
      path,
      textOf(kept.detected),
      JSON.stringify(kept.mapping),
      userId,
      signature,
      recalled && JSON.stringify(recalled),
      kind === 'transactions' ? replacesBy : null,
      JSON.stringify({ cells: [], values: carried, dropped: [] } satisfies KeptFixes),
    ],
  );
  const { id } = made[0]!;
  const detail = { file: fileName, kind, bytes: size };
  await recordAudit(client, { workspaceId, userId, action: 'import.upload', subject: `import ${id}`, detail });
  if (carried.length > 0)
    await recordAudit(client, {
      ...{ workspaceId, userId, action: 'import.fix', subject: `import ${id}` },
      detail: { carriedOn: carried.map(fixText) },
    });
  return id;
}

async function measure(path: string): Promise<{ hash: string; size: number }> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { hash: hash.digest('hex'), size: (await stat(path)).size };
}

/** Streams the body to disk; its SHA-256 and size come out of the same pass. */
async function save(body: Readable, path: string): Promise<{ hash: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > env.MAX_UPLOAD_BYTES) {
        done(
          new ApiError(
            'too_large',
            `The file is over the limit of ${env.MAX_UPLOAD_BYTES.toLocaleString('en')} bytes.`,
          ),
        );
        return;
      }
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(body, measure, createWriteStream(path, { flags: 'wx' }));
  if (size === 0) throw new ApiError('unprocessable', 'The file is empty.');
  return { hash: hash.digest('hex'), size };
}
