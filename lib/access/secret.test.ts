import { describe, expect, it } from 'vitest';
import { developmentSecret, secretFault, signingSecret } from './secret';

const random = 'q7Zs0Jm2c9vXr4TgL1bWkY8hNfPdEa3u6IoRtSxVzQw=';
const production = (AUTH_SECRET?: string) => ({ NODE_ENV: 'production' as const, AUTH_SECRET });

describe('the secret of a production', () => {
  it.each([
    [undefined, /missing/],
    [random.slice(0, 31), /only 31 characters/],
    [developmentSecret, /default/],
    ['better-auth-secret-12345678901234567890', /default/],
    ['change-me-change-me-change-me-change-me', /default/],
    ['x'.repeat(40), /default/],
  ])('refuses %s', (secret, why) => {
    const fault = secretFault(production(secret));
    expect(fault).toMatch(why);
    expect(fault).toMatch(/openssl rand -base64 32/);
    expect(() => signingSecret(production(secret))).toThrow(why);
  });

  it('takes a random one', () => {
    expect(secretFault(production(random))).toBeNull();
    expect(signingSecret(production(random))).toBe(random);
  });

  it('is not needed in development', () => {
    expect(signingSecret({ NODE_ENV: 'development', AUTH_SECRET: undefined })).toBe(developmentSecret);
  });
});
