import 'server-only';
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { signingSecret } from '@/lib/access/secret';
import { ApiError } from '@/lib/contract/errors';
import { env } from '@/lib/env';

// Secrets are kept so that a copy of the database opens none of them: AES-256-GCM under a key made of AUTH_SECRET.

const key = (): Buffer => Buffer.from(hkdfSync('sha256', signingSecret(env), '', 'brandlens connector secrets', 32));

/** The secret as it is kept, for this workspace alone. */
export function seal(workspaceId: number, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key(), nonce).setAAD(Buffer.from(String(workspaceId)));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

export function unseal(workspaceId: number, kept: string): string {
  const bytes = Buffer.from(kept, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key(), bytes.subarray(0, 12), { authTagLength: 16 })
      .setAAD(Buffer.from(String(workspaceId)))
      .setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    throw new ApiError(
      'unprocessable',
      'The secrets of this connector cannot be read: they were sealed under another AUTH_SECRET. Enter them again.',
    );
  }
}
