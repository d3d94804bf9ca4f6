import 'server-only';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { ApiError } from '@/lib/contract/errors';

const child = z.object({ __parentId: z.string() });

/** A thing of the store's file with what belongs to it, which stands in the lines below it. */
export interface Whole<P, C> {
  parent: P;
  children: C[];
}

/** Reads the store's file thing by thing; only one is held at a time. */
export async function* objectsOf<P extends { id: string }, C>(
  path: string,
  parent: z.ZodType<P>,
  part: z.ZodType<C>,
): AsyncGenerator<Whole<P, C>> {
  let held: Whole<P, C> | null = null;
  let at = 0;
  const wrong = (why: string) =>
    new ApiError('unprocessable', `Line ${at} of the store's file is not what was asked for: ${why}.`);
  const take = <T>(shape: z.ZodType<T>, value: unknown): T => {
    const parsed = shape.safeParse(value);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw wrong(`${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
  };
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    at += 1;
    if (line === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw wrong('it is no JSON');
    }
    const of = child.safeParse(value).data?.__parentId;
    if (of === undefined) {
      if (held) yield held;
      held = { parent: take(parent, value), children: [] };
    } else if (held?.parent.id === of) held.children.push(take(part, value));
    else throw wrong(`it belongs to ${of}, which does not stand above it`);
  }
  if (held) yield held;
}

/** The number at the end of "gid://shopify/Product/123". */
export const numberOf = (gid: string): string => gid.split('?')[0]?.split('/').at(-1) ?? gid;
