import { afterAll, expect, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { changing } from './changing';
import { newWorkspace } from './staged.fixture';
import { openTouched, requireMembers, type MemberTable } from './touched';

afterAll(() => loadPool.end());

it.each<MemberTable>(['product', 'store', 'shopper'])('refuses lines of a %s that is not there', async (member) => {
  const workspaceId = await newWorkspace();
  await changing(workspaceId, async (client) => {
    const subject = { client, workspaceId, importId: 1 };
    await openTouched(subject);
    await expect(requireMembers(subject)).resolves.toBeUndefined();
    await client.query(`INSERT INTO touched_${member} VALUES ('code', 7, true)`);
    await expect(requireMembers(subject)).rejects.toThrow(`no ${member} 7`);
  });
});
