import { describe, expect, it } from 'vitest';
import { policyOf } from './policies';

const of = (method: string, path: string, signedIn: boolean) => policyOf({ method, path, signedIn });

describe('the policy table', () => {
  it('limits callers without a session by address, with one by user', () => {
    expect(of('GET', '/api/v1/brands', false)).toMatchObject({ quota: 60, windowSeconds: 60, by: 'address' });
    expect(of('GET', '/api/v1/brands', true)).toMatchObject({ quota: 600, windowSeconds: 60, by: 'user' });
  });

  it('limits attempts at a password by address, session or not', () => {
    for (const path of ['/api/auth/sign-in/email', '/api/auth/sign-up/email', '/api/auth/change-password']) {
      for (const signedIn of [true, false]) {
        expect(of('POST', path, signedIn), path).toMatchObject({ name: 'credentials', by: 'address', quota: 10 });
      }
    }
    expect(of('GET', '/api/auth/get-session', false).name).toBe('anonymous');
    expect(of('POST', '/api/auth/sign-out', true).name).toBe('signed-in');
  });

  it('limits keys as it limits users', () => {
    const policy = policyOf({ method: 'POST', path: '/api/v1/query', signedIn: true, byKey: true });
    expect(policy).toMatchObject({ name: 'key', quota: 600, windowSeconds: 60, by: 'user' });
  });

  it('limits uploads more than reads', () => {
    expect(of('POST', '/api/v1/imports', true).name).toBe('upload');
    expect(of('GET', '/api/v1/imports', true).name).toBe('signed-in');
    expect(of('POST', '/api/v1/imports', false).name).toBe('anonymous');
  });
});
