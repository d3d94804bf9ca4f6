import { beforeAll, describe, expect, it } from 'vitest';
import { createKey, revokeKey } from '@/lib/contract/keys';
import { createGroup, deleteGroup } from '@/lib/contract/groups';
import { uploadImport } from '@/lib/contract/imports';
import { createWorkspace } from '@/lib/contract/workspaces';
import { db } from '@/lib/db/client';
import { ask, makePerson, makeWorkspace, type Asking, type Person } from '@/tests/http';

let ann: Person;
let bob: Person;
let here: { id: number; slug: string };

const group = (name: string) => ({ name, kind: 'brand', rule: { name: 'a' } });
const named = (key: string, json: unknown, { cookie }: Person = ann): Asking => ({
  cookie,
  json,
  query: { workspace: here.slug },
  headers: { 'idempotency-key': key },
});
const groups = () => db.customGroup.count({ where: { workspaceId: here.id } });
const errorOf = async (response: Response) => {
  const { error } = (await response.json()) as { error: { message: string } };
  return [response.status, error.message];
};

beforeAll(async () => {
  [ann, bob] = await Promise.all([makePerson(), makePerson()]);
  here = await makeWorkspace([
    [ann, 'admin'],
    [bob, 'analyst'],
  ]);
});

describe('a write with an Idempotency-Key', () => {
  it('gets its first answer again', async () => {
    const first = await ask(createGroup, named('one', group('First')));
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    const again = await ask(createGroup, named('one', group('First')));
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(await again.json()).toEqual(await first.json());
    expect(await groups()).toBe(1);
  });

  it('happens once when it arrives several times at once', async () => {
    const before = await groups();
    const all = await Promise.all(Array.from({ length: 4 }, () => ask(createGroup, named('many', group('Many')))));
    const answers = await Promise.all(all.map((response) => response.json()));
    expect(answers).toEqual(Array(4).fill(answers[0]));
    expect(answers[0]).toMatchObject({ name: 'Many' });
    expect(await groups()).toBe(before + 1);
  });

  it('is a conflict when the key was sent with something else', async () => {
    await ask(createGroup, named('other', group('Other')));
    const other = await errorOf(await ask(createGroup, named('other', group('Another'))));
    expect(other).toEqual([409, 'The Idempotency-Key "other" was sent with another request before. Use a new one.']);
  });

  it('is each caller’s and endpoint’s own', async () => {
    const made = await ask(createGroup, named('own', group('Ann’s')));
    expect((await ask(createGroup, named('own', group('Bob’s'), bob))).status).toBe(200);
    const { id } = createGroup.response.parse(await made.json());
    const { json: _, ...call } = named('own', undefined);
    const gone = await ask(deleteGroup, { ...call, params: { id: String(id) } });
    expect(await gone.json()).toEqual({ deleted: true });
    const again = await ask(deleteGroup, { ...call, params: { id: String(id) } });
    expect([again.status, await again.json()]).toEqual([200, { deleted: true }]);
  });

  it('may be sent again when it failed', async () => {
    await ask(createGroup, { cookie: ann.cookie, json: group('Taken'), query: { workspace: here.slug } });
    expect((await ask(createGroup, named('fails', group('Taken')))).status).toBe(409);
    await db.customGroup.deleteMany({ where: { workspaceId: here.id, name: 'Taken' } });
    expect((await ask(createGroup, named('fails', group('Taken')))).status).toBe(200);
  });

  it('is free again a day later, and a minute after its process died', async () => {
    await ask(createGroup, named('old', group('Old')));
    await db.answeredWrite.updateMany({
      where: { key: 'old', workspaceId: here.id },
      data: { expiresAt: new Date(0) },
    });
    expect((await ask(createGroup, named('old', group('New')))).status).toBe(200);
  });

  it('makes one workspace, though it belongs to none', async () => {
    const { query: _, ...call } = named('workspace', { name: 'Once' });
    const [one, two] = [await ask(createWorkspace, call), await ask(createWorkspace, call)];
    expect(await two.json()).toEqual(await one.json());
    expect(await db.member.count({ where: { userId: ann.id } })).toBe(2);
  });

  it('is refused where the answer must not be kept, and with a name that is none', async () => {
    const json = { name: 'Secret', scope: 'read' };
    const secret = await errorOf(await ask(createKey, named('secret', json)));
    expect(secret).toEqual([400, expect.stringMatching(/^This takes no Idempotency-Key/)]);
    const upload = { ...named('up', undefined), body: 'a,b\n', query: { workspace: here.slug, fileName: 'a.csv' } };
    expect((await ask(uploadImport, upload)).status).toBe(400);
    for (const odd of ['', 'a b', 'x'.repeat(201)]) {
      const refused = await errorOf(await ask(createGroup, named(odd, group('Odd'))));
      expect(refused, odd).toEqual([400, expect.stringMatching(/1 to 200 visible ASCII/)]);
    }
    expect(await db.apiKey.count({ where: { workspaceId: here.id } })).toBe(0);
  });

  it('is asked for its right before it gets an answer', async () => {
    const made = await ask(createKey, {
      cookie: ann.cookie,
      query: { workspace: here.slug },
      json: { name: 'K', scope: 'admin' },
    });
    const { key, id } = createKey.response.parse(await made.json());
    const call: Asking = { key, json: group('By key'), headers: { 'idempotency-key': 'by-key' } };
    expect((await ask(createGroup, call)).status).toBe(200);
    expect((await ask(createGroup, call)).status).toBe(200);
    await ask(revokeKey, { cookie: ann.cookie, query: { workspace: here.slug }, params: { id: String(id) } });
    expect((await ask(createGroup, call)).status).toBe(401);
  });
});
