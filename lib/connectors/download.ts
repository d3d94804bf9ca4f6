import 'server-only';
import { open, stat } from 'node:fs/promises';
import { z } from 'zod';
import { env } from '@/lib/env';
import type { Answer, Client } from './client/client';

/** What the other side calls this version of a file. */
export const version = z.object({ etag: z.string().nullable(), modified: z.string().nullable() });
export type Version = z.output<typeof version>;

export interface Download {
  url: string;
  /** Headers of each try. */
  sign: (url: URL) => Promise<Record<string, string>>;
  path: string;
  /** The version that was taken before: it is not wanted again. */
  taken: Version | null;
  /** The version that the file at `path` is the beginning of. */
  part: Version | null;
  /** Told before the first byte of a version is written. */
  onBegin: (part: Version) => Promise<void>;
}

/** Fetches a file; goes on where an earlier try or run was cut. Null: it is the one that was taken before. */
export async function download(client: Client, wanted: Download): Promise<Version | null> {
  const { url, path, taken } = wanted;
  let { part } = wanted;
  // Where going on was refused, the next try begins anew.
  let mayGoOn = true;
  let from = 0;
  const sign = async (to: URL): Promise<Record<string, string>> => {
    const headers = await wanted.sign(to);
    from = mayGoOn && isStrong(part?.etag) ? await sizeOf(path) : 0;
    mayGoOn = false;
    if (from > 0 && part?.etag) return { ...headers, range: `bytes=${from}-`, 'if-range': part.etag };
    return {
      ...headers,
      ...(taken?.etag && { 'if-none-match': taken.etag }),
      ...(taken?.modified && { 'if-modified-since': taken.modified }),
    };
  };
  return client.askLong(url, { sign }, async (answer) => {
    if (answer.status === 304) return null;
    const found = versionOf(answer);
    const goesOn = answer.status === 206 && from > 0;
    if (!goesOn) {
      part = found;
      await wanted.onBegin(found);
    }
    mayGoOn = true;
    const chunks = client.chunks(answer, env.MAX_UPLOAD_BYTES - (goesOn ? from : 0));
    // Each chunk is in the file before the next is read: a cut must not leave it to chance where the file ends.
    const file = await open(path, goesOn ? 'a' : 'w');
    try {
      for await (const chunk of chunks) await file.appendFile(chunk);
    } finally {
      await file.close();
    }
    return goesOn && part ? part : found;
  });
}

const isStrong = (etag: string | null | undefined): boolean => etag?.startsWith('"') ?? false;

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

function versionOf({ headers }: Answer): Version {
  const text = (name: string): string | null => {
    const value = headers[name];
    return typeof value === 'string' ? value.slice(0, 500) : null;
  };
  return { etag: text('etag'), modified: text('last-modified') };
}
