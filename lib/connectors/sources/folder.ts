import 'server-only';
import { createReadStream } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FolderSource } from '@/lib/contract/connector-sources';
import { ApiError } from '@/lib/contract/errors';
import { env } from '@/lib/env';
import { deliver, fetchedBy } from '../deliver';
import { checkFolder } from '../folders';
import { matcher } from '../pattern';
import type { Visit } from '../visit';

interface Found {
  name: string;
  id: string;
  changed: number;
  size: number;
}

const mostFiles = 100_000;

/** Takes the files that are new in the folder, or have changed, oldest first. */
export async function visitFolder(visit: Visit<FolderSource>): Promise<void> {
  const folder = await checkFolder(visit.subject.workspaceId, visit.source.path);
  for (const file of await newIn(folder, visit)) {
    visit.signal.throwIfAborted();
    const full = join(folder, file.name);
    if (file.size > env.MAX_UPLOAD_BYTES) visit.refuse(`${file.name}: it is over the limit of a file's size.`);
    else if (await isReadable(full))
      await deliver(visit, { path: full, fileName: file.name, ...fetchedBy(visit.source) });
    else {
      // Perhaps it may be read the next time.
      visit.refuse(`${file.name}: the server may not read it.`);
      continue;
    }
    await visit.seen([file.id]);
    await visit.keep({});
  }
}

async function newIn(folder: string, visit: Visit<FolderSource>): Promise<Found[]> {
  const fits = matcher(visit.source.pattern);
  const settled = Date.now() - visit.source.settledSeconds * 1_000;
  const found: Found[] = [];
  const entries = await opendir(folder).catch(() => {
    throw new ApiError('unprocessable', 'The folder cannot be read.');
  });
  for await (const { name } of entries) {
    if (!fits(name)) continue;
    // What is no file, a link above all, is not followed: it may lead out of the folder.
    const stat = await lstat(join(folder, name)).catch(() => null);
    if (!stat?.isFile() || stat.size === 0 || stat.mtimeMs > settled) continue;
    found.push({ name, id: `${name}|${stat.size}|${stat.mtimeMs}`, changed: stat.mtimeMs, size: stat.size });
    if (found.length > mostFiles)
      throw new ApiError('unprocessable', `The folder holds more than ${mostFiles.toLocaleString('en')} such files.`);
  }
  const old = await visit.known(found.map(({ id }) => id));
  return found.filter(({ id }) => !old.has(id)).sort((a, b) => a.changed - b.changed || (a.name < b.name ? -1 : 1));
}

function isReadable(path: string): Promise<boolean> {
  return new Promise((tell) => {
    const stream = createReadStream(path, { end: 0 });
    stream.on('error', () => tell(false));
    stream.on('data', () => tell(true));
  });
}
