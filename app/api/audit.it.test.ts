import { beforeAll, describe, expect, it } from 'vitest';
import { recordAudit } from '@/lib/audit/record';
import { exportAudit, listAudit } from '@/lib/contract/audit';
import { createGroup } from '@/lib/contract/groups';
import { createKey } from '@/lib/contract/keys';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { ask, makePerson, makeWorkspace, type Person } from '@/tests/http';

let admin: Person;
let here: { id: number; slug: string };

const read = async (query: Record<string, string> = {}) => {
  const response = await ask(listAudit, { cookie: admin.cookie, query: { workspace: here.slug, ...query } });
  expect(response.status).toBe(200);
  return listAudit.response.parse(await response.json());
};
const actionsOf = async (query?: Record<string, string>) => (await read(query)).items.map(({ action }) => action);

/** An import of the workspace, told of as a connector and the command line would. */
async function load(fileName: string, userId: string | null, at: string): Promise<void> {
  const { id } = await db.import.create({
    data: {
      workspaceId: here.id,
      kind: 'transactions',
      fileName,
      fileSize: 1,
      fileHash: fileName,
      filePath: fileName,
      state: 'validated',
    },
  });
  const entry = { workspaceId: here.id, userId, action: 'import.publish', subject: `import ${id}` } as const;
  await recordAudit(loadPool, { ...entry, detail: { rows: 3 } });
  await db.auditEntry.updateMany({ where: { workspaceId: here.id, subject: entry.subject }, data: { createdAt: at } });
}

beforeAll(async () => {
  admin = await makePerson();
  here = await makeWorkspace();
  await db.member.create({ data: { workspaceId: here.id, userId: admin.id, role: 'admin' } });
  const elsewhere = await makeWorkspace([[admin, 'admin']]);
  await recordAudit(loadPool, { workspaceId: elsewhere.id, userId: admin.id, action: 'key.create', subject: 'key 0' });
  await load('january.csv', null, '2026-01-31T23:30:00Z');
  await load('=february.csv', 'connector:999999', '2026-02-28T12:00:00Z');
  const made = await ask(createKey, {
    cookie: admin.cookie,
    query: { workspace: here.slug },
    json: { name: 'Till feed', scope: 'admin', expiresInDays: 3 },
  });
  const { key } = createKey.response.parse(await made.json());
  const group = { name: 'Colas', kind: 'product', rule: { name: 'cola' } };
  expect((await ask(createGroup, { key, json: group })).status).toBe(200);
});

describe('the audit log', () => {
  it('names who did what to what, newest first, and nothing of another workspace', async () => {
    const { items, total } = await read();
    expect(total).toBe(4);
    expect(items.map(({ name, action, called, detail }) => [name, action, called, detail['rows']])).toEqual([
      ['Till feed', 'group.create', 'Colas', undefined],
      ['Test', 'key.create', 'Till feed', undefined],
      ['A connector that is deleted', 'import.publish', '=february.csv', 3],
      ['Command line or schedule', 'import.publish', 'january.csv', 3],
    ]);
  });

  it('is chosen from by person, action and time', async () => {
    const { people } = await read();
    expect(people.map(({ name }) => name)).toEqual([
      'A connector that is deleted',
      'Command line or schedule',
      'Test',
      'Till feed',
    ]);
    expect(await actionsOf({ by: admin.id })).toEqual(['key.create']);
    expect(await actionsOf({ by: 'system' })).toEqual(['import.publish']);
    expect(await actionsOf({ action: 'group.create' })).toEqual(['group.create']);
    expect((await read({ from: '2026-02-01T00:00:00+01:00', before: '2026-02-28T12:00:00Z' })).total).toBe(1);
    expect((await read({ from: '2026-02-01T00:00:00Z', before: '2026-02-28T12:00:00Z' })).total).toBe(0);
  });

  it('is read in pages, each entry once', async () => {
    const first = await read({ limit: '3' });
    const second = await read({ limit: '3', cursor: first.nextCursor! });
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([3, 1, null]);
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(4);
  });

  it('leaves as CSV in which nothing runs as a formula, and tells that it did', async () => {
    const query = { workspace: here.slug, action: 'import.publish' };
    const lines = (await (await ask(exportAudit, { cookie: admin.cookie, query })).text()).trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain(`,'=february.csv,"{""rows"":3}"`);
    expect(await actionsOf({ action: 'export' })).toEqual(['export']);
  });
});
