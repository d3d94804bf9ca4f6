import { loadPool } from '@/lib/db/pool';
import { rebuildRollups } from '@/lib/rollups/rebuild';
import { main } from './fault';
import { namedWorkspaces } from './named-workspaces';
import { step } from './steps';

// npm run rollups:rebuild [-- --workspace SLUG]: makes the rollups anew from the lines.

void main(async () => {
  try {
    for (const { id, slug } of await namedWorkspaces('rollups:rebuild'))
      await step(`Rebuild ${slug}`, () => rebuildRollups(id));
  } finally {
    await loadPool.end();
  }
});
