import type { Env } from '@/lib/env';

/** Signs the cookies of development and test; every production refuses it. */
export const developmentSecret = 'brandlens-development-secret-not-for-production';

const publishedSecrets: readonly string[] = [developmentSecret, 'better-auth-secret-12345678901234567890'];
const placeholder = /change[-_ ]?me|^(.)\1*$|your[-_ ]?secret/i;

/** Why this secret must not sign the cookies of a production, in a sentence; null when it may. */
export function secretFault({ AUTH_SECRET, NODE_ENV }: Pick<Env, 'AUTH_SECRET' | 'NODE_ENV'>): string | null {
  if (NODE_ENV !== 'production') return null;
  const remedy = 'Set it to at least 32 random characters, for example the output of: openssl rand -base64 32';
  if (!AUTH_SECRET) return `AUTH_SECRET is missing. ${remedy}`;
  if (publishedSecrets.includes(AUTH_SECRET) || placeholder.test(AUTH_SECRET)) {
    return `AUTH_SECRET is a default that anybody can know. ${remedy}`;
  }
  if (AUTH_SECRET.length < 32) return `AUTH_SECRET is only ${AUTH_SECRET.length} characters long. ${remedy}`;
  return null;
}

/** The secret that signs cookies; throws where the settings hold none that is safe. */
export function signingSecret(env: Pick<Env, 'AUTH_SECRET' | 'NODE_ENV'>): string {
  const fault = secretFault(env);
  if (fault) throw new Error(fault);
  return env.AUTH_SECRET ?? developmentSecret;
}
