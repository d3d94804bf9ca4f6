import 'server-only';
import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { ApiError } from '@/lib/contract/errors';
import { fieldsOf, type Mapping } from '@/lib/contract/imports';
import { type Detected } from '@/lib/contract/reading';
import type { Cell, PushLine, PushOptions } from '@/lib/contract/push';
import { loadPool } from '@/lib/db/pool';
import { newReceivedPath } from '@/lib/files/folder';
import { mappingFaults } from '@/lib/mapping/mapping-faults';

export interface Batch {
  workspaceId: number;
  userId: string | null;
  /** The sender's name for this batch: within a workspace there is one of it, for good. */
  key: string;
  lines: readonly PushLine[];
  options: PushOptions;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Keeps pushed lines as the file of an import, which then goes the way of all files; answers the import's id. */
export async function receiveLines({ workspaceId, userId, key, lines, options }: Batch): Promise<number> {
  const columns = fieldsOf.transactions.filter((field) => lines.some((line) => line[field] !== undefined));
  const mapping = mappingOf(columns, options);
  const faults = mappingFaults('transactions', mapping, columns);
  if (faults.length > 0) {
    const details = faults.map(({ field }) => field.replace(/^mapping\.columns\./, '')).map(missing);
    throw new ApiError('invalid_request', `No line has the field ${details[0]?.field}.`, details);
  }
  const text = [columns, ...lines.map((line) => columns.map((field) => textOf(line[field])))]
    .map((row) => `${row.map(quoted).join(',')}\n`)
    .join('');
  const push = { key: sha256(key), hash: sha256(JSON.stringify([mapping, text])) };
  const path = await newReceivedPath(workspaceId);
  let id: number | undefined;
  try {
    await writeFile(path, text, { flag: 'wx' });
    const { rows } = await loadPool.query<{ id: number }>(
      `INSERT INTO import (workspace_id, kind, state, file_name, file_size, file_hash, file_path, detected, mapping,
                           created_by, push_key, push_hash)
       VALUES ($1, 'transactions', 'uploaded', $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (workspace_id, push_key) DO NOTHING RETURNING id`,
      [
        workspaceId,
        `Push ${key}`,
        Buffer.byteLength(text),
        sha256(text),
        path,
        JSON.stringify(detectedOf(columns, lines)),
        JSON.stringify(mapping),
        userId,
        push.key,
        push.hash,
      ],
    );
    id = rows[0]?.id;
    return id ?? (await knownOf(workspaceId, key, push));
  } finally {
    if (id === undefined) await rm(path, { force: true });
  }
}

const missing = (field: string) => ({ field, message: 'is required: no line has it' });

const mappingOf = (columns: readonly string[], { receiptUnique, ...options }: PushOptions): Mapping => ({
  ...options,
  columns: Object.fromEntries(columns.map((field) => [field, field])),
  made: {},
  attributes: [],
  dateFormat: 'YYYY-MM-DD',
  decimal: '.',
  receiptUnique: receiptUnique === 'true',
});

/** A line break within a value would be blank space to the reader anyway, and a row would be two lines. */
function textOf(cell: Cell | undefined): string {
  if (typeof cell === 'boolean') return cell ? '1' : '0';
  return String(cell ?? '').replace(/[\r\n]+/g, ' ');
}

const quoted = (text: string): string => (/^\s|[",]|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function detectedOf(columns: readonly (keyof PushLine)[], lines: readonly PushLine[]): Detected {
  const preview = lines.slice(0, 20).map((line) => columns.map((field) => textOf(line[field])));
  return {
    encoding: 'utf-8',
    delimiter: ',',
    columns: columns.map((name, at) => ({
      name,
      samples: [...new Set(preview.map((row) => row[at] ?? ''))].slice(0, 5),
    })),
    preview,
  };
}

/** The import that an earlier request with this key made, if it sent the same. */
async function knownOf(workspaceId: number, key: string, push: { key: string; hash: string }): Promise<number> {
  const { rows } = await loadPool.query<{ id: number; push_hash: string }>(
    'SELECT id, push_hash FROM import WHERE workspace_id = $1 AND push_key = $2',
    [workspaceId, push.key],
  );
  const [known] = rows;
  if (known?.push_hash === push.hash) return known.id;
  throw new ApiError(
    'conflict',
    `The Idempotency-Key "${key}" was sent with other lines before${known ? `, import ${known.id}` : ''}. Each batch needs a key of its own.`,
  );
}
