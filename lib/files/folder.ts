import 'server-only';
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from '@/lib/env';

/** Received files, and what connectors are gathering. */
export const kinds = ['imports', 'connectors'] as const;

/** Where the files of a workspace are kept; of another server, in its `DATA_DIR`. */
export const folderOf = (kind: (typeof kinds)[number], workspaceId: number, dataDir = env.DATA_DIR): string =>
  join(/* turbopackIgnore: true */ dataDir, kind, String(workspaceId));

/** A path for a received file, in a folder that is there. */
export async function newReceivedPath(workspaceId: number): Promise<string> {
  const folder = folderOf('imports', workspaceId);
  await mkdir(folder, { recursive: true });
  return join(folder, randomUUID());
}
