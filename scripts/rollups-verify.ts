import { loadPool } from '@/lib/db/pool';
import { verifyRollups } from '@/lib/rollups/verify';
import { main } from './fault';
import { namedWorkspaces } from './named-workspaces';

// npm run rollups:verify [-- --workspace SLUG]: proves that rollups equal lines; ends with 1 where they differ.

void main(async () => {
  try {
    for (const { id, slug } of await namedWorkspaces()) {
      console.log(`${slug}: comparing …`);
      const check = await verifyRollups(id);
      for (const { name, compared, differences } of check.checks) {
        console.log(`${differences.length ? '✗' : '✓'} ${name} (${compared.toLocaleString('en')} compared)`);
        for (const difference of differences) console.log(`    ${difference}`);
      }
      console.log(check.ok ? `${slug}: rollups equal the lines.` : `${slug}: rollups differ from the lines.`);
      if (!check.ok) process.exitCode = 1;
    }
  } finally {
    await loadPool.end();
  }
});
