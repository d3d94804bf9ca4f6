import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { purgeWorkspaces } from '@/lib/access/delete-workspace';
import { placeFor } from '@/lib/connectors/place';
import { deleteWorkspace, getWorkspace } from '@/lib/contract/workspaces';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { listWorkspaceTables } from '@/lib/db/workspace-tables';
import { publish } from '@/lib/ingest/publish';
import { dryRun } from '@/lib/ingest/received.fixture';
import { ask, makePerson, makeWorkspace, type Person } from '@/tests/http';

afterAll(async () => {
  await loadPool.end();
  await db.$disconnect();
});

const held = async (workspaceId: number): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { name } of await listWorkspaceTables(loadPool)) {
    const { rows } = await loadPool.query<{ rows: string }>(
      `SELECT count(*) AS rows FROM "${name}" WHERE workspace_id = $1`,
      [workspaceId],
    );
    if (Number(rows[0]?.rows) > 0) counts[name] = Number(rows[0]?.rows);
  }
  return counts;
};

async function loaded(admin: Person) {
  const { id, slug } = await makeWorkspace([[admin, 'admin']]);
  const load = async (text: string) => {
    const found = await dryRun(text, {}, { workspaceId: id });
    await publish({ workspaceId: id, importId: found.id, userId: null });
    return found.import.file_path;
  };
  await load('product_id,brand,category,manufacturer\nP1,Alba,Drinks > Coffee,Acme\nP2,Brio,Drinks > Tea,Bravo\n');
  const file = await load(
    'date,store,region,receipt,shopper,product,units,amount\n2024-01-05,S1,North,r1,a,P1,1,2.50\n2024-02-05,S1,North,r2,b,P2,2,x\n2024-02-05,S1,North,r2,b,P2,2,3\n',
  );
  // What a connector was gathering.
  const gathered = placeFor(id, 1);
  mkdirSync(gathered, { recursive: true });
  return { id, slug, folder: dirname(file), gathered };
}

describe('a deleted workspace', () => {
  it('is out of sight at once, then gone with all it held; another stays as it was', async () => {
    const admin = await makePerson();
    const [gone, stays] = [await loaded(admin), await loaded(admin)];
    const before = await held(stays.id);
    expect(await held(gone.id)).toEqual(before);
    const remove = (confirm: string) =>
      ask(deleteWorkspace, { cookie: admin.cookie, query: { workspace: gone.slug, confirm } });
    const wrong = await remove('something');
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining(`must be ${gone.slug}`)]);

    expect((await remove(gone.slug)).status).toBe(200);
    const look = (slug: string) => ask(getWorkspace, { cookie: admin.cookie, query: { workspace: slug } });
    expect((await look(gone.slug)).status).toBe(404);
    // Not yet purged, but its name is free.
    expect(await db.workspace.findUnique({ where: { slug: gone.slug } })).toBeNull();
    expect(existsSync(gone.folder)).toBe(true);

    expect(await purgeWorkspaces(0)).toBe(1);
    expect(await held(gone.id)).toEqual({});
    expect(await db.workspace.findUnique({ where: { id: gone.id } })).toBeNull();
    expect([gone.folder, gone.gathered].map((folder) => existsSync(folder))).toEqual([false, false]);
    expect(await held(stays.id)).toEqual(before);
    expect((await look(stays.slug)).status).toBe(200);
    expect([stays.folder, stays.gathered].map((folder) => existsSync(folder))).toEqual([true, true]);
  });

  it('is not deleted while a file is being published', async () => {
    const admin = await makePerson();
    const { id, slug } = await loaded(admin);
    await loadPool.query(`UPDATE import SET state = 'publishing' WHERE workspace_id = $1 AND kind = 'transactions'`, [
      id,
    ]);
    const response = await ask(deleteWorkspace, { cookie: admin.cookie, query: { workspace: slug, confirm: slug } });
    expect([response.status, await response.text()]).toEqual([
      409,
      expect.stringContaining('file.csv is being published'),
    ]);
    await loadPool.query(`UPDATE import SET state = 'published' WHERE workspace_id = $1 AND kind = 'transactions'`, [
      id,
    ]);
  });
});
