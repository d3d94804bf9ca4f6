import { loadPool } from '@/lib/db/pool';
import { db } from '@/lib/db/client';
import { cancel, pause } from '@/lib/ingest/halt';
import { askToVerify } from './ask-to-verify';
import { main } from './fault';
import { findWorkspace } from './import/find-workspace';
import { importFiles } from './import/import-files';
import { haltOne, listAll, restoreOne, resumeOne, revertOne } from './import/manage';
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
  const { one, json } = settings;
  if (settings.list) return listAll(workspace.id, json);
  if (one?.verb === 'pause' || one?.verb === 'cancel')
    return haltOne(one.verb === 'pause' ? pause : cancel, workspace.id, one.id, json);
  try {
    if (!one) await importFiles(workspace, settings);
    else if (one.verb === 'resume') await resumeOne(workspace, one.id, settings);
    else if (one.verb === 'restore') await restoreOne(workspace.id, one.id, json);
    else await revertOne(workspace.id, one.id, json);
  } finally {
    // Of several files the first may be published when a later one fails.
    if (!settings.check) await askToVerify(workspace.id);
  }
}
