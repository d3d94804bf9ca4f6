import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endChildren, onEnd } from './children';
import { main } from './fault';
import { readOptions } from './options';
import { startPostgres, type Server } from './postgres/start';
import { browserTests } from './testing/browser';
import { NotRun, printSummary, runParts, type Counts, type Part } from './testing/part';
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
  const onEmbedded =
    (database: string, work: (name: string, url: string) => Promise<Counts>): Part['work'] =>
    async (name) => {
      if (!server) throw new NotRun(unavailable);
      const url = new URL(server.url);
      url.pathname = `/${database}`;
      return work(name, url.href);
    };
  const onNamed: Part['work'] = async (name) => {
    if (!named) throw new NotRun('TEST_DATABASE_URL is not set.');
    scratch = await scratchDatabase(named);
    const counts = await vitest(name, folder, ['integration'], scratch.url);
    await scratch.drop();
    scratch = undefined;
    return counts;
  };

  const parts: Part[] = [
    { name: 'verify', work: (name) => check(name, 'scripts/verify.mjs') },
    {
      name: 'integration, embedded PostgreSQL',
      work: onEmbedded('integration', (name, url) => vitest(name, folder, ['integration'], url)),
    },
    { name: 'integration, TEST_DATABASE_URL', work: onNamed },
    { name: 'unit', work: (name) => vitest(name, folder, ['unit', 'components']) },
    { name: 'contract', work: onEmbedded('contract', (name, url) => vitest(name, folder, ['contract'], url)) },
    { name: 'browser', work: onEmbedded('browser', (_, url) => browserTests(folder, url)), alone: true },
  ];
  // Verify checks types with the native compiler, whose command is new; the one of the build has the last word.
  if (values.long)
    parts.push({ name: 'types', work: (name) => check(name, 'node_modules/typescript/bin/tsc', '--noEmit') });
  const leftOut = () => Promise.reject(new NotRun(`Left out by --only ${only}.`));
  const chosen = parts.map((part) => (!only || part.name.startsWith(only) ? part : { ...part, work: leftOut }));
  // What takes long has limits of time that are made for a machine of its own.
  const results = await runParts(chosen, values.long ? 1 : 2);
  if (ending()) return new Promise(() => undefined);
  await tidy();
  process.exitCode = printSummary(results) ? 0 : 1;
});
