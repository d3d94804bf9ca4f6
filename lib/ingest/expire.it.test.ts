import { existsSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { createWorkspace } from '@/lib/access/create-workspace';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { verifyRollups } from '@/lib/rollups/verify';
import { expireLines } from './expire';
import { publish } from './publish';
import { dryRun } from './received.fixture';
import { revert } from './revert';

afterAll(async () => {
  await loadPool.end();
  await db.$disconnect();
});

const day = (monthsAgo: number, of: number): string => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monthsAgo, of)).toISOString().slice(0, 10);
};

it('lines older than they are kept go, with shoppers, baskets and files that only they told of; the rest stays exact', async () => {
  const workspaceId = await createWorkspace({ name: 'Kept', slug: `kept-${process.pid}-${Date.now()}` });
  const load = async (rows: string[]) => {
    const text = `date,store,receipt,shopper,product,units,amount\n${rows.join('\n')}\n`;
    const found = await dryRun(text, {}, { workspaceId });
    await publish({ workspaceId, importId: found.id, userId: null });
    return found.import.file_path;
  };
  const old = await load([`${day(5, 3)},S1,r1,gone,P1,1,1`, `${day(4, 28)},S1,r2,gone,P1,1,2`]);
  const both = await load([
    `${day(4, 27)},S1,r3,stays,P1,1,4`,
    `${day(3, 1)},S1,r4,stays,P2,1,8`,
    `${day(0, 1)},S2,r5,new,P1,1,16`,
  ]);
  expect(await expireLines()).toBe(0);

  await loadPool.query('UPDATE workspace SET retention_months = 3 WHERE id = $1', [workspaceId]);
  const before = await db.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
  expect(await expireLines()).toBe(3);
  const column = async (sql: string) =>
    (await loadPool.query<{ v: string }>(sql, [workspaceId])).rows.map(({ v }) => v);
  expect(await column('SELECT (amount / 100)::text AS v FROM sale_line WHERE workspace_id = $1 ORDER BY date')).toEqual(
    ['8', '16'],
  );
  expect(await column('SELECT code AS v FROM shopper WHERE workspace_id = $1 ORDER BY 1')).toEqual(['new', 'stays']);
  expect(await column('SELECT receipt AS v FROM basket WHERE workspace_id = $1 ORDER BY 1')).toEqual(['r4', 'r5']);
  expect(await column('SELECT DISTINCT month::text AS v FROM sales_month WHERE workspace_id = $1 ORDER BY 1')).toEqual([
    day(3, 1),
    day(0, 1),
  ]);
  expect([existsSync(old), existsSync(both)]).toEqual([false, true]);
  const after = await db.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
  expect(after.dataVersion).toBe(before.dataVersion + 1n);
  const [entry] = await db.auditEntry.findMany({ where: { workspaceId, action: 'workspace.expire' } });
  expect(entry?.detail).toEqual({ lines: 3, before: day(3, 1) });
  expect((await verifyRollups(workspaceId)).ok).toBe(true);
  expect(await expireLines()).toBe(0);
});

it('lines that are out while another import replaces them go as old ones do, and those that stay keep what they refer to', async () => {
  const workspaceId = await createWorkspace({ name: 'Kept', slug: `kept-replaced-${process.pid}-${Date.now()}` });
  const load = async (rows: string[], replaces = false) => {
    const text = `date,store,receipt,shopper,product,units,amount\n${rows.join('\n')}\n`;
    const { id: importId } = await dryRun(text, {}, { workspaceId });
    await publish({ workspaceId, importId, userId: null, replaces });
    return importId;
  };
  await load([`${day(5, 3)},S1,r1,gone,P1,1,1`, `${day(1, 3)},S1,r2,out,P2,1,2`]);
  const correction = await load([`${day(5, 3)},S1,r3,in,P1,1,4`, `${day(1, 3)},S1,r4,in,P1,1,8`], true);
  await loadPool.query('UPDATE workspace SET retention_months = 3 WHERE id = $1', [workspaceId]);
  await expireLines();
  expect(await db.replacedLine.findMany({ where: { workspaceId }, select: { amount: true } })).toEqual([
    { amount: 200n },
  ]);
  await revert({ workspaceId, importId: correction, userId: null });
  expect(await db.saleLine.findMany({ where: { workspaceId }, select: { amount: true } })).toEqual([{ amount: 200n }]);
  expect(await db.shopper.findMany({ where: { workspaceId }, select: { code: true } })).toEqual([{ code: 'out' }]);
  expect((await verifyRollups(workspaceId)).ok).toBe(true);
});
