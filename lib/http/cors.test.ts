import { describe, expect, it } from 'vitest';
import { allowedOrigins, corsHeaders, preflight, refuseForeignOrigin } from './cors';

const allowed = allowedOrigins('https://a.example/, https://b.example');
const write = (headers: Record<string, string>, method = 'POST') =>
  new Request('http://brandlens.test/api/v1/query', { method, headers });

describe('other origins', () => {
  it('read only where they are listed', () => {
    expect(allowed).toEqual(['https://a.example', 'https://b.example']);
    expect(corsHeaders('https://a.example', allowed)['access-control-allow-origin']).toBe('https://a.example');
    expect(corsHeaders('https://a.example.evil', allowed)).toEqual({});
    expect(corsHeaders(null, allowed)).toEqual({});
    expect(preflight('https://b.example', allowed).status).toBe(204);
    expect(preflight('https://c.example', allowed).status).toBe(403);
  });

  it('write only where they are listed', () => {
    const host = 'brandlens.test';
    expect(() => refuseForeignOrigin(write({ host, origin: 'https://c.example' }), allowed)).toThrow(/another site/);
    expect(() => refuseForeignOrigin(write({ host, origin: 'null' }), allowed)).toThrow(/another site/);
    expect(() => refuseForeignOrigin(write({ host, origin: 'http://brandlens.test' }), allowed)).not.toThrow();
    expect(() => refuseForeignOrigin(write({ host, origin: 'https://a.example' }), allowed)).not.toThrow();
    expect(() => refuseForeignOrigin(write({ host }), allowed)).not.toThrow();
    expect(() => refuseForeignOrigin(write({ host, origin: 'https://c.example' }, 'GET'), allowed)).not.toThrow();
  });
});
