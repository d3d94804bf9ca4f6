import { deleteWorkspace, purgeWorkspaces } from '@/lib/access/delete-workspace';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { Fault, main } from './fault';
import { readOptions } from './options';

const usage = `Deletes a workspace with all of its data and received files, for good.
  npm run delete-workspace -- --workspace SLUG --confirm SLUG`;

void main(async () => {
  const { values } = readOptions(usage, {
    options: { workspace: { type: 'string' }, confirm: { type: 'string' } },
  });
  const { workspace: slug, confirm } = values;
  if (!slug) throw new Fault(usage);
  if (confirm !== slug)
    throw new Fault(`Say its name once more, with --confirm ${slug}: what is deleted cannot be brought back.`);
  try {
    const found = await db.workspace.findUnique({ where: { slug }, select: { id: true } });
    if (!found) throw new Fault(`There is no workspace "${slug}".`);
    await deleteWorkspace(found.id, null);
    await purgeWorkspaces(0);
    console.log(`The workspace "${slug}" is deleted.`);
  } finally {
    await loadPool.end().catch(() => undefined);
    await db.$disconnect().catch(() => undefined);
  }
});
