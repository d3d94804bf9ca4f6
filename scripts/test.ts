import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endChildren, onEnd } from './children';
import { main } from './fault';
import { readOptions } from './options';
import { startPostgres, type Server } from './postgres/start';
import { browserTests } from './testing/browser';
import { NotRun, printSummary, runPart, type Counts, type Result } from './testing/part';
import { scratchDatabase, type Scratch } from './testing/scratch';
import { check, vitest } from './testing/vitest';

// Everything that can be tested on this machine. What cannot run is named at the end.

const usage = `npm test [-- OPTIONS]
  --long         the long suites too
  --only NAME    one part alone: verify, unit, integration, contract, browser`;

void main(async () => {
  const { values } = readOptions(usage, { options: { long: { type: 'boolean' }, only: { type: 'string' } } });
  const { only } = values;
  if (values.long) process.env.LONG = '1';
  const named = process.env.TEST_DATABASE_URL;
  delete process.env.TEST_DATABASE_URL;
  const folder = mkdtempSync(join(tmpdir(), 'brandlens-test-'));
  // PostgreSQL may run as another user than this one.
  chmodSync(folder, 0o755);
  let server: Server | undefined;
  let scratch: Scratch | undefined;
  const tidy = async (): Promise<void> => {
    await endChildren();
    await scratch?.drop().catch(() => undefined);
    server?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const ending = onEnd(tidy, 1);

  let unavailable = '';
  try {
    server = await startPostgres({ home: join(folder, 'data'), throwaway: true });
  } catch (error) {
    unavailable = `The embedded PostgreSQL does not run here. ${error instanceof Error ? error.message : String(error)}`;
  }
  const onEmbedded = (database: string, work: (url: string) => Promise<Counts>) => async (): Promise<Counts> => {
    if (!server) throw new NotRun(unavailable);
    const url = new URL(server.url);
    url.pathname = `/${database}`;
    return work(url.href);
  };
  const onNamed = async (): Promise<Counts> => {
    if (!named) throw new NotRun('TEST_DATABASE_URL is not set.');
    scratch = await scratchDatabase(named);
    const counts = await vitest(folder, ['integration'], scratch.url);
    await scratch.drop();
    scratch = undefined;
    return counts;
  };

  const parts: [string, () => Promise<Counts>][] = [
    ['verify', () => check('scripts/verify.mjs')],
    ['unit', () => vitest(folder, ['unit', 'components'])],
    ['integration, embedded PostgreSQL', onEmbedded('integration', (url) => vitest(folder, ['integration'], url))],
    ['integration, TEST_DATABASE_URL', onNamed],
    ['contract', onEmbedded('contract', (url) => vitest(folder, ['contract'], url))],
    ['browser', onEmbedded('browser', (url) => browserTests(folder, url))],
  ];
  // Verify checks types with the native compiler, whose command is new; the one of the build has the last word.
  if (values.long) parts.push(['types', () => check('node_modules/typescript/bin/tsc', '--noEmit')]);
  const results: Result[] = [];
  for (const [name, work] of parts) {
    const chosen = !only || name.startsWith(only);
    results.push(await runPart(name, chosen ? work : () => Promise.reject(new NotRun(`Left out by --only ${only}.`))));
  }
  if (ending()) return new Promise(() => undefined);
  await tidy();
  process.exitCode = printSummary(results) ? 0 : 1;
});
