import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../children';
import { NotRun, readVitest, type Counts } from './part';

/** Runs vitest projects, against a database if one is named, and counts what came out. Reports and files are kept in the folder. */
export async function vitest(part: string, folder: string, projects: string[], databaseUrl?: string): Promise<Counts> {
  const report = join(folder, `${part}.json`);
  const flags = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`, '--passWithNoTests'];
  const env = databaseUrl ? { DATABASE_URL: databaseUrl, TEST_DATABASE_URL: databaseUrl } : {};
  const { code } = await run(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...projects.flatMap((project) => ['--project', project]), ...flags],
    { env, live: part },
  );
  if (!existsSync(report)) {
    if (code === 0) throw new NotRun('There are no such tests.');
    throw new Error('The tests broke off before they could be counted.');
  }
  const counts = readVitest(report);
  if (counts.passed + counts.failed + counts.skipped.length === 0) throw new NotRun('There are no such tests.');
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** A check that passes or fails as a whole. */
export async function check(part: string, ...command: string[]): Promise<Counts> {
  const { code } = await run(process.execPath, command, { live: part });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, failures: [], skipped: [] };
}
