import 'server-only';
import type { KeyScope } from '@/lib/contract/keys';
import { ApiError } from '@/lib/contract/errors';
import { guarded } from '@/lib/db/breaker';
import { db } from '@/lib/db/client';
import { isUnavailable } from '@/lib/db/fault';
import { isSame, prefixOf, seenKeys, type KnownKey } from './key';

const freshMs = 5_000;
const most = 10_000;
const noteMs = 60_000;

const refuse = (message: string) => new ApiError('unauthenticated', message);
const day = (date: Date): string => date.toISOString().slice(0, 10);

/** The key of this text, or 401 with what is wrong with it. */
export async function readKey(text: string): Promise<KnownKey> {
  const prefix = prefixOf(text);
  if (!prefix)
    throw refuse('This is no API key: one is "bl_" and 56 more characters, sent as Authorization: Bearer bl_….');
  const key = await find(prefix);
  if (!key || !isSame(text, key.hash)) throw refuse('This API key is not known. Check that all of it was copied.');
  if (key.revokedAt) throw refuse(`This API key was revoked on ${day(key.revokedAt)}. Ask an admin for a new one.`);
  if (key.expiresAt.getTime() <= Date.now()) {
    throw refuse(`This API key expired on ${day(key.expiresAt)}. Ask an admin for a new one.`);
  }
  noteUse(key);
  return key;
}

/** A few seconds old at most while the database answers; while it is down, what was known last. */
async function find(prefix: string): Promise<KnownKey | null> {
  const seen = seenKeys.get(prefix);
  if (seen && Date.now() - seen.at < freshMs) return seen.key;
  try {
    const found = await guarded(() =>
      db.apiKey.findUnique({
        where: { prefix },
        include: { workspace: { select: { id: true, slug: true, name: true, currency: true, currencyScale: true } } },
      }),
    );
    if (!found) {
      seenKeys.delete(prefix);
      return null;
    }
    const key = { ...found, scope: found.scope as KeyScope, hash: Buffer.from(found.hash) };
    if (seenKeys.size >= most) seenKeys.clear();
    seenKeys.set(prefix, { at: Date.now(), key });
    return key;
  } catch (error) {
    if (seen && isUnavailable(error)) return seen.key;
    throw error;
  }
}

/** Once a minute at most, and without making anybody wait. */
function noteUse(key: KnownKey): void {
  const now = new Date();
  if (key.lastUsedAt && now.getTime() - key.lastUsedAt.getTime() < noteMs) return;
  key.lastUsedAt = now;
  const where = { workspaceId: key.workspace.id, id: key.id };
  db.apiKey.updateMany({ where, data: { lastUsedAt: now } }).catch(() => undefined);
}
