import 'server-only';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import type { S3Source } from '@/lib/contract/connector-sources';
import { ApiError } from '@/lib/contract/errors';
import type { Visit } from '../visit';
import { addressOf, signer } from './sign';

export interface Listed {
  key: string;
  size: number;
  /** Of this version of it. */
  id: string;
}

const text = z.union([z.string(), z.number()]).transform(String);
const answer = z.object({
  ListBucketResult: z.object({
    Contents: z
      .array(z.object({ Key: text, Size: z.coerce.number(), ETag: text.default(''), LastModified: text }))
      .default([]),
    NextContinuationToken: text.optional(),
  }),
});

const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true, isArray: (name) => name === 'Contents' });

/** One page of what a bucket holds, in the order of its keys, and what the next one is asked for with. */
export async function listPage(
  visit: Visit<S3Source>,
  token: string | null,
): Promise<{ items: Listed[]; next: string | null }> {
  const url = addressOf(visit.source, '');
  url.searchParams.set('list-type', '2');
  url.searchParams.set('encoding-type', 'url');
  url.searchParams.set('max-keys', '1000');
  if (visit.source.prefix !== '') url.searchParams.set('prefix', visit.source.prefix);
  if (token !== null) url.searchParams.set('continuation-token', token);
  const xml = await visit.client.text(url, { sign: signer(visit) });
  const parsed = answer.safeParse(read(xml));
  if (!parsed.success)
    throw new ApiError(
      'unprocessable',
      `${url.origin}${url.pathname} does not answer as S3 does when it lists a bucket.`,
    );
  const { Contents, NextContinuationToken } = parsed.data.ListBucketResult;
  const items = Contents.map(({ Key, Size, ETag, LastModified }) => {
    const key = decode(Key);
    return { key, size: Size, id: `${key}|${Size}|${ETag || LastModified}` };
  });
  return { items, next: NextContinuationToken ?? null };
}

function read(xml: string): unknown {
  try {
    const parsed = parser.parse(xml) as Record<string, unknown>;
    // An empty list is written as an empty element, which reads as text.
    return parsed['ListBucketResult'] === '' ? { ListBucketResult: {} } : parsed;
  } catch {
    return null;
  }
}

function decode(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}
