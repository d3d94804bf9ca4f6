import { loadPool } from '@/lib/db/pool';
import { auditWorkspace } from '@/lib/study/audit';
import { main } from './fault';
import { namedWorkspaces } from './named-workspaces';

// npm run rollups:verify [-- --workspace SLUG]: proves that rollups equal lines, and what must always hold; ends with 1 where not.

void main(async () => {
  try {
    for (const { id, slug } of await namedWorkspaces('rollups:verify')) {
      console.log(`${slug}: comparing …`);
      const check = await auditWorkspace(id);
      for (const { name, compared, differences } of check.checks) {
        console.log(`${differences.length ? '✗' : '✓'} ${name} (${compared.toLocaleString('en')} compared)`);
        for (const difference of differences) console.log(`    ${difference}`);
      }
      console.log(
        check.ok ? `${slug}: rollups equal the lines, and all holds that must.` : `${slug}: something does not hold.`,
      );
      if (!check.ok) process.exitCode = 1;
    }
  } finally {
    await loadPool.end();
  }
});
