import { loadPool } from '@/lib/db/pool';
import { verifyWorkspace } from '@/lib/verification/verify';
import { main } from './fault';
import { namedWorkspaces } from './named-workspaces';

// npm run rollups:verify [-- --workspace SLUG]: proves that rollups equal lines, and what must always hold; ends with 1 where something does not, or could not be checked.

const verdicts = {
  true: 'rollups equal the lines, and all holds that must.',
  false: 'something does not hold.',
  null: 'nothing differs, but not everything could be checked.',
};

void main(async () => {
  try {
    for (const { id, slug } of await namedWorkspaces('rollups:verify')) {
      console.log(`${slug}: comparing …`);
      const check = await verifyWorkspace(id);
      for (const { name, compared, differences, unavailable, unchecked } of check.checks) {
        const said = unchecked ?? unavailable ?? `${compared.toLocaleString('en')} compared`;
        console.log(`${differences.length ? '✗' : unchecked ? '?' : unavailable ? '–' : '✓'} ${name} (${said})`);
        for (const difference of differences) console.log(`    ${difference}`);
      }
      console.log(`${slug}: ${verdicts[String(check.ok) as keyof typeof verdicts]}`);
      if (!check.ok) process.exitCode = 1;
    }
  } finally {
    await loadPool.end();
  }
});
