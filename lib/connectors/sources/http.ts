import 'server-only';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { HttpSource } from '@/lib/contract/connector-sources';
import { deliver, fetchedBy } from '../deliver';
import { download, version } from '../download';
import { placeFor } from '../place';
import type { Visit } from '../visit';

const checkpoint = z.object({
  /** What was handed over last. */
  taken: version.nullable().default(null),
  /** What the file that lies here is the beginning of. */
  part: version.nullable().default(null),
});

/** Takes the file behind an address, if it has changed. */
export async function visitHttp(visit: Visit<HttpSource>): Promise<void> {
  const { source, subject } = visit;
  const known = checkpoint.parse(subject.checkpoint);
  const folder = placeFor(subject.workspaceId, subject.connectorId);
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'download');
  const { authorization } = subject.secrets;
  const found = await download(visit.client, {
    url: source.url,
    sign: () => Promise.resolve(authorization === undefined ? {} : { authorization }),
    path,
    ...known,
    onBegin: (part) => visit.keep({ ...known, part }),
  });
  if (found === null) {
    visit.note('The file has not changed.');
    return;
  }
  await deliver(visit, { path, fileName: nameOf(source.url), ...fetchedBy(source) });
  // What could not be taken is looked at again the next time, changed or not: until then it is missing.
  await visit.keep({ taken: visit.refused > 0 ? null : found, part: null });
  await rm(path, { force: true });
}

function nameOf(address: string): string {
  const { pathname, host } = new URL(address);
  const last = pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last) || host;
  } catch {
    return last;
  }
}
