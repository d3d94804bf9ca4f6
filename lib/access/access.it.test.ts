import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { auth } from './auth';
import { createUser } from './create-user';
import { createWorkspace, slugOf } from './create-workspace';
import { identityOf } from './identity';
import { permit } from './permit';
import { currentUser, forgetSession, readSession } from './session';
import { resolveWorkspace } from './workspace';

const password = 'a long enough password';
const email = () => `${randomUUID()}@example.com`;

const signIn = async (address: string): Promise<Headers> => {
  const response = await auth().api.signInEmail({ body: { email: address, password }, asResponse: true });
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  return new Headers({ cookie: cookies.join('; ') });
};

describe('sign-in', () => {
  const address = email();
  let userId: string;
  let headers: Headers;

  beforeAll(async () => {
    userId = await createUser({ email: address.toUpperCase(), name: 'Ann', password });
    headers = await signIn(address);
  });

  it('knows who is signed in, and nobody without or with a forged cookie', async () => {
    expect(await currentUser(headers)).toEqual({ id: userId, email: address, name: 'Ann' });
    expect(await currentUser(new Headers())).toBeNull();
    for (const cookie of ['better-auth.session_token=abc.def', 'better-auth.session_token=%E0%A4%A', 'x']) {
      expect(await currentUser(new Headers({ cookie })), cookie).toBeNull();
    }
  });

  it('names the traffic by the signed cookie alone', async () => {
    expect(await identityOf(headers)).toBe(`user:${userId}`);
    const token =
      headers
        .get('cookie')
        ?.split('; ')
        .find((part) => part.includes('session_token')) ?? '';
    expect(await identityOf(new Headers({ cookie: token }))).toMatch(/^session:/);
    const forged = `${token.slice(0, -12)}AAAAAAAA%3D`;
    expect(await identityOf(new Headers({ cookie: forged }))).toBeNull();
    expect(await identityOf(new Headers({ 'x-user-id': userId }))).toBeNull();
  });

  it('reads the session from the cookie without asking the database', async () => {
    forgetSession(headers);
    await db.session.deleteMany({ where: { userId } });
    expect((await readSession(headers)).user?.id).toBe(userId);
    const token =
      headers
        .get('cookie')
        ?.split('; ')
        .find((part) => part.includes('session_token')) ?? '';
    forgetSession(headers);
    expect(await currentUser(new Headers({ cookie: token }))).toBeNull();
  });

  it('refuses a wrong password, a second user of the address, a short password', async () => {
    const wrong = auth().api.signInEmail({ body: { email: address, password: 'not the password' } });
    await expect(wrong).rejects.toMatchObject({ statusCode: 401 });
    await expect(createUser({ email: address, name: 'B', password })).rejects.toMatchObject({ code: 'conflict' });
    const short = createUser({ email: email(), name: 'B', password: 'short' });
    await expect(short).rejects.toMatchObject({ code: 'invalid_request', details: [{ field: 'password' }] });
  });
});

describe('workspaces', () => {
  it('starts with one root category and its owner as admin', async () => {
    const ownerId = await createUser({ email: email(), name: 'Own', password });
    const id = await createWorkspace({ name: 'Käse & Brot', currency: 'JPY', ownerId });
    expect(await resolveWorkspace(ownerId)).toMatchObject({ id, role: 'admin', currency: 'JPY', currencyScale: 0 });
    const roots = await db.category.findMany({ where: { workspaceId: id }, include: { ancestors: true } });
    expect(roots).toMatchObject([{ parentId: null, depth: 0, name: 'All categories' }]);
    expect(roots[0]?.ancestors).toEqual([{ workspaceId: id, categoryId: roots[0]?.id, ancestorId: roots[0]?.id }]);
  });

  it('takes a free slug where the name’s is taken, but refuses a slug asked for', async () => {
    const name = `Shop ${randomUUID()}`;
    const first = await createWorkspace({ name });
    const second = await createWorkspace({ name });
    const slugs = await db.workspace.findMany({ where: { id: { in: [first, second] } }, orderBy: { id: 'asc' } });
    expect(slugs[0]?.slug).toBe(slugOf(name));
    expect(slugs[1]?.slug).toMatch(new RegExp(`^${slugOf(name)}-[0-9a-f]{6}$`));
    await expect(createWorkspace({ name, slug: slugOf(name) })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('does not know another’s workspace', async () => {
    const [ann, bob] = await Promise.all([
      createUser({ email: email(), name: 'Ann', password }),
      createUser({ email: email(), name: 'Bob', password }),
    ]);
    const id = await createWorkspace({ name: `Ann’s ${randomUUID()}`, ownerId: ann });
    const { slug } = await db.workspace.findUniqueOrThrow({ where: { id } });
    expect((await resolveWorkspace(ann, slug)).id).toBe(id);
    await expect(resolveWorkspace(bob, slug)).rejects.toMatchObject({ code: 'not_found' });
    await expect(resolveWorkspace(bob)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('ranks the roles', () => {
    expect(() => permit('viewer', 'analyst')).toThrow(/needs the role analyst; yours is viewer/);
    expect(() => permit('analyst', 'admin')).toThrow();
    expect(() => permit('admin', 'viewer')).not.toThrow();
    expect(() => permit('analyst', 'analyst')).not.toThrow();
  });
});
