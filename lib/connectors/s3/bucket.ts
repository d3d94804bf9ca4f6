import 'server-only';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { S3Source } from '@/lib/contract/connector-sources';
import { ApiError } from '@/lib/contract/errors';
import { env } from '@/lib/env';
import { deliver, fetchedBy } from '../deliver';
import { download, version } from '../download';
import { matcher } from '../pattern';
import { placeFor } from '../place';
import type { Visit } from '../visit';
import { listPage, type Listed } from './list';
import { addressOf, signer } from './sign';

const checkpoint = z.object({
  /** The object that the file that lies here is the beginning of. */
  id: z.string().nullable().default(null),
  part: version.nullable().default(null),
});

/** Takes the objects of a bucket that are new, or have changed, in the order of their keys. */
export async function visitS3(visit: Visit<S3Source>): Promise<void> {
  const { subject, source } = visit;
  const folder = placeFor(subject.workspaceId, subject.connectorId);
  await mkdir(folder, { recursive: true });
  const fits = matcher(source.pattern);
  let token: string | null = null;
  for (let page = 1; ; page += 1) {
    const { items, next } = await listPage(visit, token);
    const wanted = items.filter(({ key, size }) => size > 0 && fits(nameOf(key)));
    const old = await visit.known(wanted.map(({ id }) => id));
    for (const item of wanted) if (!old.has(item.id)) await take(visit, item, join(folder, 'download'));
    if (next === null) break;
    if (next === token || page >= subject.limits.pages)
      throw new ApiError('unprocessable', `The list of the bucket does not end: ${page} pages were read.`);
    token = next;
  }
  await rm(folder, { recursive: true, force: true });
}

const nameOf = (key: string): string => key.split('/').at(-1) ?? '';

async function take(visit: Visit<S3Source>, { key, size, id }: Listed, path: string): Promise<void> {
  const { source, subject } = visit;
  if (size > env.MAX_UPLOAD_BYTES) visit.refuse(`${key}: it is over the limit of a file's size.`);
  else {
    const known = checkpoint.parse(subject.checkpoint);
    await download(visit.client, {
      url: addressOf(source, key).href,
      sign: signer(visit),
      path,
      taken: null,
      part: known.id === id ? known.part : null,
      onBegin: (part) => visit.keep({ id, part }),
    });
    await deliver(visit, { path, fileName: nameOf(key), ...fetchedBy(source) });
  }
  await visit.seen([id]);
  await visit.keep({});
}
