import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createUser } from '@/lib/access/create-user';
import { addPerson, changePerson, listPeople, removePerson } from '@/lib/contract/people';
import { getWorkspace } from '@/lib/contract/workspaces';
import { db } from '@/lib/db/client';
import { ask, makePerson, makeWorkspace, type Person } from '@/tests/http';

let admin: Person;
let viewer: Person;
let here: { id: number; slug: string };
const as = (by: Person, more = {}) => ({ cookie: by.cookie, query: { workspace: here.slug }, ...more });
const messageOf = async (response: Response) =>
  ((await response.json()) as { error: { message: string } }).error.message;
const list = async () => listPeople.response.parse(await (await ask(listPeople, as(admin))).json()).items;
const roleOf = async (id: string) => (await list()).find((one) => one.id === id)?.role;

beforeEach(async () => {
  [admin, viewer] = await Promise.all([makePerson(), makePerson()]);
  here = await makeWorkspace([
    [admin, 'admin'],
    [viewer, 'viewer'],
  ]);
});

describe('people of a workspace', () => {
  it('are let in by their address, get another role, and are let in no more', async () => {
    const email = `${randomUUID()}@example.com`;
    const unknown = await ask(addPerson, as(admin, { json: { email, role: 'viewer' } }));
    expect(unknown.status).toBe(422);
    expect(await messageOf(unknown)).toContain(`npm run user -- --email ${email}`);

    const id = await createUser({ email, name: 'Ann', password: 'a long enough password' });
    const added = await ask(addPerson, as(admin, { json: { email: ` ${email.toUpperCase()} `, role: 'viewer' } }));
    expect(addPerson.response.parse(await added.json())).toMatchObject({ id, name: 'Ann', email, role: 'viewer' });
    const again = await ask(addPerson, as(admin, { json: { email, role: 'admin' } }));
    expect(again.status).toBe(409);
    expect(await roleOf(id)).toBe('viewer');

    await ask(changePerson, as(admin, { params: { id }, json: { role: 'analyst' } }));
    expect(await roleOf(id)).toBe('analyst');
    await ask(removePerson, as(admin, { params: { id } }));
    expect(await roleOf(id)).toBeUndefined();
    expect(await db.user.count({ where: { id } })).toBe(1);

    const audit = await db.auditEntry.findMany({
      where: { workspaceId: here.id, subject: `person ${id}` },
      orderBy: { id: 'asc' },
    });
    expect(audit.map(({ action, userId, detail }) => [action, userId, detail])).toEqual([
      ['person.add', admin.id, { email, before: null, role: 'viewer' }],
      ['person.change', admin.id, { email, before: 'viewer', role: 'analyst' }],
      ['person.remove', admin.id, { email, before: 'analyst', role: null }],
    ]);
  });

  it('see what their role opens from then on, and nothing once they are gone', async () => {
    const sees = async () => (await ask(listPeople, as(viewer))).status;
    expect(await sees()).toBe(403);
    await ask(changePerson, as(admin, { params: { id: viewer.id }, json: { role: 'admin' } }));
    expect(await sees()).toBe(200);
    await ask(removePerson, as(admin, { params: { id: viewer.id } }));
    expect((await ask(getWorkspace, as(viewer))).status).toBe(404);
  });

  it('keep one admin, whoever goes at the same time', async () => {
    const alone = await ask(removePerson, as(admin, { params: { id: admin.id } }));
    expect(alone.status).toBe(409);
    expect(await messageOf(alone)).toContain('only admin');
    await ask(changePerson, as(admin, { params: { id: viewer.id }, json: { role: 'admin' } }));
    const both = await Promise.all([
      ask(removePerson, as(admin, { params: { id: admin.id } })),
      ask(changePerson, as(viewer, { params: { id: viewer.id }, json: { role: 'viewer' } })),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await db.member.count({ where: { workspaceId: here.id, role: 'admin' } })).toBe(1);
  });

  it('are not those of another workspace', async () => {
    const [stranger, other] = await Promise.all([makePerson(), makeWorkspace()]);
    await makeWorkspace([[stranger, 'viewer']]);
    const gone = await ask(removePerson, as(admin, { params: { id: stranger.id } }));
    expect(gone.status).toBe(404);
    expect((await ask(listPeople, as(admin, { query: { workspace: other.slug } }))).status).toBe(404);
  });
});
