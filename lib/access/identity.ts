import 'server-only';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { getCookieCache, getSessionCookie } from 'better-auth/cookies';
import { env } from '@/lib/env';
import { isSame, prefixOf, seenKeys, shownKey } from './key';
import { signingSecret } from './secret';

/** The session token's own signature: made by us, or not. */
function isSigned(cookie: string, secret: string): boolean {
  const dot = cookie.lastIndexOf('.');
  if (dot < 1) return false;
  const expected = createHmac('sha256', secret).update(cookie.slice(0, dot)).digest();
  const given = Buffer.from(cookie.slice(dot + 1), 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** A key that was looked up before. Until then its traffic is its address's. */
function keyIdentity(shown: string): string | null {
  const seen = seenKeys.get(prefixOf(shown) ?? '')?.key;
  return seen && isSame(shown, seen.hash) ? `key:${seen.id}` : null;
}

/**
 * Whose traffic this is, by signature alone: the user while the signed copy of the session is fresh, else the session.
 * Of a key: once it was looked up. Null where no cookie bears our signature. Says nothing about whether the session still stands.
 */
export async function identityOf(headers: Headers): Promise<string | null> {
  const shown = shownKey(headers);
  if (shown !== null) return keyIdentity(shown);
  const cookie = getSessionCookie(headers);
  if (!cookie) return null;
  const secret = signingSecret(env);
  try {
    const copy = await getCookieCache(headers, { secret, isSecure: env.APP_URL.startsWith('https:') });
    if (copy) return `user:${copy.user.id}`;
    const plain = decodeURIComponent(cookie);
    return isSigned(plain, secret) ? `session:${createHash('sha256').update(plain).digest('base64url')}` : null;
  } catch {
    // A cookie of no form that we make.
    return null;
  }
}
