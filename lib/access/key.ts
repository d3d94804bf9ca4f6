import 'server-only';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { KeyScope } from '@/lib/contract/keys';

// A key is "bl_", 12 characters by which it is found, "_", and 256 random bits. Only its SHA-256 is kept.

const form = /^(bl_[0-9a-f]{12})_[\w-]{43}$/;
const bearer = /^Bearer +(.*)$/i;

export interface KnownKey {
  id: number;
  name: string;
  scope: KeyScope;
  hash: Buffer;
  expiresAt: Date;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
  workspace: { id: number; slug: string; name: string; currency: string; currencyScale: number };
}

export const makeKey = (): { key: string; prefix: string } => {
  const prefix = `bl_${randomBytes(6).toString('hex')}`;
  return { key: `${prefix}_${randomBytes(32).toString('base64url')}`, prefix };
};

export const hashOfKey = (key: string): Buffer => createHash('sha256').update(key).digest();

export const isSame = (key: string, hash: Buffer): boolean => timingSafeEqual(hashOfKey(key), hash);

/** The part of a key by which it is found; null: this is no key. */
export const prefixOf = (key: string): string | null => form.exec(key)?.[1] ?? null;

/** What a request shows as its key, whatever it is; null: it shows none. */
export const shownKey = (headers: Headers): string | null =>
  bearer.exec(headers.get('authorization')?.trim() ?? '')?.[1]?.trim() ?? null;

const keep = globalThis as { brandlensKeys?: Map<string, { at: number; key: KnownKey }> };

/** Keys that were looked up a short time ago, by their prefix. */
export const seenKeys = (keep.brandlensKeys ??= new Map());
