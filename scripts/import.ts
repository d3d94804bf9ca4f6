import { loadPool } from '@/lib/db/pool';
import { db } from '@/lib/db/client';
import { main } from './fault';
import { findWorkspace } from './import/find-workspace';
import { importFiles } from './import/import-files';
import { listAll, revertOne } from './import/manage';
import { readOptions } from './options';
import { options, readSettings, usage } from './import/settings';

// Loads files from the command line: the same check and publish as the page's, without a server.

void main(async () => {
  try {
    await run();
  } finally {
    await loadPool.end().catch(() => undefined);
    await db.$disconnect().catch(() => undefined);
  }
});

async function run(): Promise<void> {
  const parsed = readOptions(usage, { options, allowPositionals: true });
  const settings = readSettings(parsed.values, parsed.positionals);
  const workspace = await findWorkspace(settings);
  if (settings.list) await listAll(workspace.id, settings.json);
  else if (settings.revert !== null) await revertOne(workspace.id, settings.revert, settings.json);
  else await importFiles(workspace, settings);
}
