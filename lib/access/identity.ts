import 'server-only';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { getCookieCache, getSessionCookie } from 'better-auth/cookies';
import { env } from '@/lib/env';
import { signingSecret } from './secret';

/** The session token's own signature: made by us, or not. */
function isSigned(cookie: string, secret: string): boolean {
  const dot = cookie.lastIndexOf('.');
  if (dot < 1) return false;
  const expected = createHmac('sha256', secret).update(cookie.slice(0, dot)).digest();
  const given = Buffer.from(cookie.slice(dot + 1), 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * Whose traffic this is, by signature alone: the user while the signed copy of the session is fresh, else the session.
 * Null where no cookie bears our signature. Says nothing about whether the session still stands.
 */
export async function identityOf(headers: Headers): Promise<string | null> {
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
