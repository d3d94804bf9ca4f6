import 'server-only';
import { createHash } from 'node:crypto';
import { getSessionCookie } from 'better-auth/cookies';
import { ApiError } from '@/lib/contract/errors';
import { auth } from './auth';

export interface User {
  id: string;
  email: string;
  name: string;
}

interface Seen {
  user: User;
  at: number;
  until: number;
}

const freshMs = 10_000;
const graceMs = 3_600_000;
const most = 10_000;
const keep = globalThis as { brandlensSeen?: Map<string, Seen> };
const seen = (keep.brandlensSeen ??= new Map());

/** The signed-in user, and the cookies that renew the session where it was looked up. */
export async function readSession(headers: Headers): Promise<{ user: User | null; cookies: string[] }> {
  const cookie = getSessionCookie(headers);
  if (!cookie) return { user: null, cookies: [] };
  const key = createHash('sha256').update(cookie).digest('base64');
  const known = seen.get(key);
  const now = Date.now();
  if (known && now - known.at < freshMs && now < known.until) return { user: known.user, cookies: [] };
  try {
    const { response, headers: answer } = await auth().api.getSession({ headers, returnHeaders: true });
    if (!response) {
      seen.delete(key);
      return { user: null, cookies: [] };
    }
    const { id, email, name } = response.user;
    const user = { id, email, name };
    if (seen.size >= most) seen.delete(seen.keys().next().value ?? key);
    seen.set(key, { user, at: now, until: new Date(response.session.expiresAt).getTime() });
    return { user, cookies: answer.getSetCookie() };
  } catch {
    // The database is down. Who was here within the hour still sees the last good numbers.
    if (known && now - known.at < graceMs && now < known.until) return { user: known.user, cookies: [] };
    throw new ApiError('unavailable', 'Sign-in cannot be checked right now.', undefined, 5);
  }
}

/** Who is signed in, or null. */
export async function currentUser(headers: Headers): Promise<User | null> {
  return (await readSession(headers)).user;
}

/** Forgets a session at once, at sign-out. */
export function forgetSession(headers: Headers): void {
  const cookie = getSessionCookie(headers);
  if (cookie) seen.delete(createHash('sha256').update(cookie).digest('base64'));
}
