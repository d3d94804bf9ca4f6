import 'server-only';
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { writes, type Endpoint } from '@/lib/contract/endpoint';
import { ApiError } from '@/lib/contract/errors';
import { db } from '@/lib/db/client';
import { logger } from '@/lib/observability/logger';

const header = 'Idempotency-Key';
const form = /^[\x21-\x7e]{1,200}$/;
const patienceMs = 10_000;
const lookMs = 100;

const refuse = (message: string) => new ApiError('invalid_request', message, [{ field: header, message }]);

function givenKey(headers: Headers): string | null {
  const key = headers.get(header);
  if (key === null || form.test(key)) return key;
  throw refuse(`${header} must be 1 to 200 visible ASCII characters, such as a UUID.`);
}

export function requiredKey(headers: Headers): string {
  const key = givenKey(headers);
  if (key !== null) return key;
  throw refuse(`${header} is missing: name each batch, so that sent twice it is loaded once.`);
}

/** The key of a write whose first answer is to be given again; null: there is none, or the handler sees to it. */
export function onceKey(endpoint: Endpoint, headers: Headers): string | null {
  if (!writes(endpoint) || endpoint.replay === 'own') return null;
  const key = givenKey(headers);
  if (key !== null && endpoint.replay === 'never') {
    throw refuse(`This takes no ${header}: its answer is kept nowhere. Leave the header out.`);
  }
  return key;
}

export interface Write {
  /** Null: it belongs to none. */
  workspaceId: number | null;
  caller: string;
  endpoint: string;
  key: string;
  /** All that is asked for. */
  asked: unknown;
}

interface Known {
  request_hash: string;
  answer: { data: unknown } | null;
}

/** Runs a write, or gives the answer that it had under this key. Of two at once, one waits. What failed may be sent again. */
export async function once(write: Write, run: () => Promise<unknown>): Promise<{ data: unknown; again: boolean }> {
  const hash = createHash('sha256').update(JSON.stringify(write.asked)).digest('hex');
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    const id = await claim(write, hash);
    if (id !== null) return { data: await settle(id, run), again: false };
    const known = await find(write);
    if (known && known.request_hash !== hash) {
      throw new ApiError(
        'conflict',
        `The ${header} "${write.key}" was sent with another request before. Use a new one.`,
      );
    }
    if (known?.answer) return { data: known.answer.data, again: true };
    await wait(lookMs);
  }
  throw new ApiError(
    'conflict',
    `The first request with this ${header} is still under way. Send it again in a moment.`,
  );
}

/** Null: somebody else has it. A claim whose process died is free again after a minute; an answer is kept for a day. */
async function claim({ workspaceId, caller, endpoint, key }: Write, hash: string): Promise<bigint | null> {
  const [row] = await db.$queryRaw<{ id: bigint }[]>`
    INSERT INTO answered_write AS a (workspace_id, caller, endpoint, key, request_hash, expires_at)
    VALUES (${workspaceId}::int, ${caller}, ${endpoint}, ${key}, ${hash}, now() + interval '1 minute')
    ON CONFLICT (workspace_id, caller, endpoint, key) DO UPDATE
      SET request_hash = excluded.request_hash, answer = NULL, expires_at = excluded.expires_at
      WHERE a.expires_at <= now()
    RETURNING id`;
  return row?.id ?? null;
}

async function find({ workspaceId, caller, endpoint, key }: Write): Promise<Known | undefined> {
  const [known] = await db.$queryRaw<Known[]>`
    SELECT request_hash, answer FROM answered_write
    WHERE workspace_id IS NOT DISTINCT FROM ${workspaceId}::int AND caller = ${caller}
      AND endpoint = ${endpoint} AND key = ${key}`;
  return known;
}

async function settle(id: bigint, run: () => Promise<unknown>): Promise<unknown> {
  let data: unknown;
  try {
    data = await run();
  } catch (error) {
    await db.answeredWrite.deleteMany({ where: { id } }).catch(() => undefined);
    throw error;
  }
  // The write is done, whatever becomes of its record.
  await keep(id, data).catch((error: unknown) => logger.warn({ err: error }, 'an answer could not be kept'));
  return data;
}

async function keep(id: bigint, data: unknown): Promise<void> {
  await db.$executeRaw`
    UPDATE answered_write SET answer = ${JSON.stringify({ data })}::jsonb, expires_at = now() + interval '1 day'
    WHERE id = ${id}`;
  await db.$executeRaw`DELETE FROM answered_write WHERE expires_at < now()`;
}
