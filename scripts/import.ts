import { parseArgs } from 'node:util';
import { ApiError } from '@/lib/contract/errors';
import { loadPool } from '@/lib/db/pool';
import { db } from '@/lib/db/client';
import { Fault, main } from './fault';
import { findWorkspace } from './import/find-workspace';
import { importFiles } from './import/import-files';
import { listAll, revertOne } from './import/manage';
import { options, readSettings, usage } from './import/settings';

// Loads files from the command line: the same check and publish as the page's, without a server.

void main(async () => {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const details = error.details?.map(({ field, message }) => `\n  ${field}: ${message}`) ?? [];
    throw new Fault(`${error.message}${details.join('')}`);
  } finally {
    await loadPool.end().catch(() => undefined);
    await db.$disconnect().catch(() => undefined);
  }
});

async function run(): Promise<void> {
  const parsed = parse();
  if (parsed.values.help) {
    console.log(usage);
    return;
  }
  const settings = readSettings(parsed.values, parsed.positionals);
  const workspace = await findWorkspace(settings);
  if (settings.list) await listAll(workspace.id, settings.json);
  else if (settings.revert !== null) await revertOne(workspace.id, settings.revert, settings.json);
  else await importFiles(workspace, settings);
}

function parse() {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new Fault(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}
