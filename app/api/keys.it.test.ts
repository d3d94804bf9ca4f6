import { createHash } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { seenKeys } from '@/lib/access/key';
import { apiKey, createKey, listKeys, revokeKey, type KeyScope } from '@/lib/contract/keys';
import { exportCsv } from '@/lib/contract/export';
import { createGroup, listGroups } from '@/lib/contract/groups';
import { listWorkspaces } from '@/lib/contract/workspaces';
import { discardImport, listImports, uploadImport } from '@/lib/contract/imports';
import { db } from '@/lib/db/client';
import { ask, makePerson, makeWorkspace, type Person } from '@/tests/http';

let admin: Person;
let here: { id: number; slug: string };

const bySession = () => ({ cookie: admin.cookie, query: { workspace: here.slug } });
const make = async (name: string, scope: KeyScope, expiresInDays = 30) => {
  const response = await ask(createKey, { ...bySession(), json: { name, scope, expiresInDays } });
  expect(response.status).toBe(200);
  return createKey.response.parse(await response.json());
};
const messageOf = async (response: Response) =>
  ((await response.json()) as { error: { message: string } }).error.message;

beforeAll(async () => {
  admin = await makePerson();
  here = await makeWorkspace([[admin, 'admin']]);
});

beforeEach(() => vi.useRealTimers());

describe('a key', () => {
  it('is shown once, kept as a hash, and opens its workspace', async () => {
    const { key, ...told } = await make('Till feed', 'read');
    expect(key).toMatch(/^bl_[0-9a-f]{12}_[\w-]{43}$/);
    expect(told).toMatchObject({
      name: 'Till feed',
      scope: 'read',
      state: 'active',
      lastUsedAt: null,
      createdBy: 'Test',
    });
    const kept = await db.apiKey.findFirstOrThrow({ where: { workspaceId: here.id, id: told.id } });
    expect(Buffer.from(kept.hash).toString('hex')).toBe(createHash('sha256').update(key).digest('hex'));
    expect(JSON.stringify(kept)).not.toContain(key.slice(16));
    const listed = await (await ask(listKeys, bySession())).text();
    expect(listed).toContain(told.prefix);
    expect(listed).not.toContain(key.slice(16));

    const answer = await ask(listGroups, { key });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('ratelimit-policy')).toBeTruthy();
    const mine = await ask(listWorkspaces, { key });
    expect(await mine.json()).toEqual({ items: [{ slug: here.slug, name: 'Test', role: 'viewer' }] });
    await vi.waitFor(async () => {
      const [used] = listKeys.response.parse(await (await ask(listKeys, bySession())).json()).items;
      expect(Date.now() - Date.parse(used?.lastUsedAt ?? '')).toBeLessThan(60_000);
    });
  });

  it('writes its last use at most once a minute', async () => {
    const { key, id } = await make('Busy', 'read');
    const used = async () =>
      (await db.apiKey.findFirstOrThrow({ where: { workspaceId: here.id, id } })).lastUsedAt?.getTime() ?? 0;
    await ask(listGroups, { key });
    await vi.waitFor(async () => expect(await used()).toBeGreaterThan(0));
    const first = await used();
    seenKeys.clear();
    await ask(listGroups, { key });
    await ask(listGroups, { key });
    expect(await used()).toBe(first);
    vi.setSystemTime(Date.now() + 61_000);
    await ask(listGroups, { key });
    vi.useRealTimers();
    await vi.waitFor(async () => expect(await used()).toBeGreaterThan(first));
  });

  it('says what is wrong with one that opens nothing, whatever cookie comes along', async () => {
    const { key, id } = await make('Gone', 'admin');
    for (const wrong of ['garbage', `${key}x`, key.slice(0, -1), 'bl_']) {
      const refused = await ask(listGroups, { key: wrong, cookie: admin.cookie });
      expect(refused.status, wrong).toBe(401);
      expect(await messageOf(refused)).toMatch(/is no API key/);
    }
    const last = key.endsWith('A') ? 'B' : 'A';
    for (const unknown of [
      `bl_000000000000${key.slice(15)}`,
      key.slice(0, -1) + last,
      `${key.slice(0, 16)}${'A'.repeat(43)}`,
    ]) {
      const refused = await ask(listGroups, { key: unknown, cookie: admin.cookie });
      expect([refused.status, await messageOf(refused)]).toEqual([401, expect.stringMatching(/not known/)]);
    }
    expect((await ask(listGroups, { key })).status).toBe(200);
    const revoked = await ask(revokeKey, { ...bySession(), params: { id: String(id) } });
    expect(apiKey.parse(await revoked.json()).state).toBe('revoked');
    const refused = await ask(listGroups, { key, cookie: admin.cookie });
    expect(refused.status).toBe(401);
    expect(await messageOf(refused)).toMatch(/was revoked on \d{4}-\d\d-\d\d\. Ask an admin/);
  });

  it('ends on its day', async () => {
    const { key, id } = await make('Short', 'read', 1);
    expect((await ask(listGroups, { key })).status).toBe(200);
    await db.apiKey.updateMany({
      where: { workspaceId: here.id, id },
      data: { expiresAt: new Date('2025-02-03T04:05:06Z') },
    });
    seenKeys.clear();
    const refused = await ask(listGroups, { key });
    expect(refused.status).toBe(401);
    expect(await messageOf(refused)).toContain('expired on 2025-02-03');
  });

  it('makes none that outlive it', async () => {
    const { key, expiresAt } = await make('For a day', 'admin', 1);
    const long = { name: 'Of a day', scope: 'read', expiresInDays: 90 };
    const made = createKey.response.parse(await (await ask(createKey, { key, json: long })).json());
    expect(made.expiresAt).toBe(expiresAt);
  });

  it('keeps out of other workspaces and makes none', async () => {
    const { key } = await make('Curious', 'admin');
    const other = await makeWorkspace([[admin, 'admin']]);
    expect((await ask(listGroups, { key, query: { workspace: other.slug } })).status).toBe(404);
    expect((await ask(listGroups, { key, query: { workspace: here.slug } })).status).toBe(200);
  });

  it('loads with scope import, and does nothing else to the workspace', async () => {
    const { key } = await make('Loader', 'import');
    const body = 'date,product,amount\n2024-01-01,a,1\n';
    const sent = await ask(uploadImport, { key, query: { fileName: 'a.csv' }, body });
    expect(sent.status).toBe(200);
    const { id } = uploadImport.response.parse(await sent.json());
    const [mine] = listImports.response.parse(await (await ask(listImports, { key })).json()).items;
    expect(mine).toMatchObject({ id, createdBy: 'Loader' });
    expect((await ask(discardImport, { key, params: { id: String(id) } })).status).toBe(200);
    const entry = await db.auditEntry.findFirstOrThrow({ where: { workspaceId: here.id, action: 'import.discard' } });
    expect(entry.userId).toMatch(/^key:\d+$/);
    expect(entry.detail).toMatchObject({ key: 'Loader' });
    // What leaves as a file is in the audit, too.
    const { key: reader } = await make('Taker', 'read');
    expect((await ask(exportCsv, { key: reader, query: { of: 'products' } })).status).toBe(200);
    const left = await db.auditEntry.findFirstOrThrow({ where: { workspaceId: here.id, action: 'export' } });
    expect(left).toMatchObject({ subject: 'exportCsv', detail: { of: 'products', key: 'Taker' } });
    const group = await ask(createGroup, { key, json: { name: 'Ours', kind: 'brand', rule: { name: 'a' } } });
    expect(group.status).toBe(403);
    expect(await messageOf(group)).toBe('This needs a key of scope admin; yours is of scope import.');
  });

  it('has one name, of which the next may make use once it is revoked', async () => {
    const { id } = await make('Unique', 'read');
    const again = await ask(createKey, { ...bySession(), json: { name: 'Unique', scope: 'read' } });
    expect(again.status).toBe(409);
    expect(await messageOf(again)).toMatch(/a key named "Unique" already/);
    await ask(revokeKey, { ...bySession(), params: { id: String(id) } });
    await make('Unique', 'read');
  });

  it.each([0, 731, 1.5, 'ten'])('does not live for %s days', async (expiresInDays) => {
    const refused = await ask(createKey, { ...bySession(), json: { name: 'Odd', scope: 'read', expiresInDays } });
    expect(refused.status).toBe(400);
    expect(((await refused.json()) as { error: { details: unknown } }).error.details).toMatchObject([
      { field: 'expiresInDays' },
    ]);
  });
});

describe('the limit', () => {
  const from = (address: string) => ({ 'x-forwarded-for': address });

  it('counts a known key by itself, an unknown one by address', async () => {
    const { key } = await make('Counted', 'read');
    const first = await ask(listGroups, { key, headers: from('203.0.113.1') });
    expect(first.headers.get('ratelimit-policy')).toBe('"anonymous";q=60;w=60');
    for (const address of ['203.0.113.1', '203.0.113.2']) {
      const next = await ask(listGroups, { key, headers: from(address) });
      expect(next.headers.get('ratelimit-policy')).toBe('"key";q=600;w=60');
    }
    const last = await ask(listGroups, { key, headers: from('203.0.113.3') });
    expect(last.headers.get('ratelimit')).toMatch(/^"key";r=597;t=\d+$/);
    for (let attempt = 0; attempt < 60; attempt += 1) {
      const guess = await ask(listGroups, {
        key: `bl_${'0'.repeat(12)}_${'A'.repeat(43)}`,
        headers: from('203.0.113.4'),
      });
      expect(guess.status).toBe(401);
    }
    const guess = await ask(listGroups, {
      key: `bl_${'1'.repeat(12)}_${'A'.repeat(43)}`,
      headers: from('203.0.113.4'),
    });
    expect(guess.status).toBe(429);
    expect(guess.headers.get('retry-after')).toMatch(/^\d+$/);
  });
});
