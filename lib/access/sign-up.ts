import 'server-only';
import type { SignUp } from '@/lib/contract/sign-up';
import { db } from '@/lib/db/client';
import { env } from '@/lib/env';

/** What the setting SIGN_UP means now: once somebody has an account, the time of the first is over. */
export async function signUpNow(): Promise<SignUp> {
  if (env.SIGN_UP !== 'first') return env.SIGN_UP;
  const somebody = await db.user.findFirst({ select: { id: true } });
  return somebody ? 'closed' : 'first';
}
