import { chmodSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { Fault } from '../fault';
import { keepPostgres, type Kept } from './keep';
import { answers, runningServer } from './running';

const home = mkdtempSync(join(tmpdir(), 'brandlens-kept-'));
const cluster = join(home, 'postgres');
const said: string[] = [];
let server: Kept;
const start = () =>
  keepPostgres({ home, throwaway: true, say: (line) => void said.push(line), waits: [0, 500, 1_000, 2_000, 4_000] });

beforeAll(async () => {
  // PostgreSQL may run as another user than this one.
  chmodSync(home, 0o755);
  server = await start();
});
afterEach(() => said.splice(0));
afterAll(() => {
  server.stop();
  rmSync(home, { recursive: true, force: true });
});

const kill = (): void => void process.kill(runningServer(cluster)!, 'SIGKILL');

it('a server that is killed is there again at the same address, time and again', async () => {
  for (let times = 0; times < 2; times += 1) {
    const killed = runningServer(cluster);
    kill();
    await expect
      .poll(() => said.filter((line) => line.includes('runs again')).length, { timeout: 60_000 })
      .toBe(times + 1);
    expect(runningServer(cluster)).not.toBe(killed);
    expect(await answers(server.url)).toBe(true);
  }
});

it('one that is stopped stays so', async () => {
  server.stop();
  await wait(2_500);
  expect(runningServer(cluster)).toBeNull();
  expect(said).toEqual([]);
  server = await start();
  expect(await answers(server.url)).toBe(true);
});

it('one that cannot start again is given up, with what it said', async () => {
  renameSync(join(cluster, 'global'), join(cluster, 'gone'));
  kill();
  const error = await server.failed.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Fault);
  expect((error as Fault).message).toMatch(/cannot be kept running\. PostgreSQL did not start on .*global/s);
  expect(runningServer(cluster)).toBeNull();
});
