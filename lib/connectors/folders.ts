import 'server-only';
import { realpath } from 'node:fs/promises';
import { isAbsolute, relative } from 'node:path';
import { ApiError } from '@/lib/contract/errors';
import { db } from '@/lib/db/client';
import { env } from '@/lib/env';

const fault = (message: string): ApiError =>
  new ApiError('invalid_request', `source.path ${message}`, [{ field: 'source.path', message }]);

/** The folder as it really is, links followed, if the settings of the server open it to this workspace. */
export async function checkFolder(workspaceId: number, path: string): Promise<string> {
  const { slug } = await db.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { slug: true } });
  const opened = env.CONNECTOR_FOLDERS.filter((folder) => folder.slug === null || folder.slug === slug);
  const real = isAbsolute(path) ? await realpath(path).catch(() => null) : null;
  for (const folder of opened) {
    const root = await realpath(folder.path).catch(() => null);
    if (root !== null && real !== null && isWithin(root, real)) return real;
  }
  // Whether there is such a folder elsewhere is not told.
  throw fault(
    opened.length > 0
      ? 'is no folder within those that the settings of the server open to this workspace (CONNECTOR_FOLDERS).'
      : 'cannot be read: the settings of the server open no folder to this workspace (CONNECTOR_FOLDERS).',
  );
}

export function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !/^\.\.[\\/]/.test(way));
}
