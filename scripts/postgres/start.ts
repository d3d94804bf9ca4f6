import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { ensureDatabase } from '@/lib/db/ensure-database';
import { Fault } from '../fault';
import { runAs, serverAccount, type Account } from './account';
import { findBinaries, type Binaries } from './binaries';
import { choosePlace, dataHome, isReady, readState, requireSpace, writeState } from './folder';
import { initialise } from './initialise';
import { findFreePort, isFree } from './port';
import { answers, isAlive, runningPort, runningServer } from './running';
import { serverSettings } from './settings';

export interface Server {
  /** Address of the product's database on this server. */
  url: string;
  /** True when another start runs the server: then it is not ours to stop. */
  attached: boolean;
  runs(): boolean;
  stop(): void;
}

export interface StartOptions {
  home?: string;
  /** For tests: gone after use, so nothing waits for the disk; `stop` removes it. */
  throwaway?: boolean;
  say?: (line: string) => void;
}

/** Starts the embedded PostgreSQL, or attaches to it when it already runs. */
export async function startPostgres({
  home = dataHome(),
  throwaway = false,
  say = console.log,
}: StartOptions = {}): Promise<Server> {
  const account = serverAccount();
  const { cluster, elsewhere, note } = choosePlace(home, account);
  if (note) say(note);
  const binaries = findBinaries(account, elsewhere);
  if (!isReady(cluster, binaries.major)) await initialise(binaries, cluster, account);

  const state = readState(cluster);
  const urlOf = (port: number, database: string) =>
    `postgres://brandlens:${state.password}@127.0.0.1:${port}/${database}`;
  const attached = await attach(cluster, (port) => urlOf(port, 'postgres'));
  const theirs = attached !== null && state.owner !== undefined && isAlive(state.owner);
  let port = attached;
  if (port === null) {
    requireSpace(cluster, 100);
    port = (await isFree(state.port)) ? state.port : await findFreePort();
    writeState(cluster, { ...state, port, owner: process.pid });
    await launch(binaries, cluster, account, port, throwaway, urlOf(port, 'postgres'));
  }
  const url = urlOf(port, 'brandlens');
  await ensureDatabase(url);
  const stop = (): void => {
    if (!theirs) stopServer(binaries, cluster, account);
    if (throwaway) for (const path of [cluster, `${cluster}.log`]) rmSync(path, { recursive: true, force: true });
  };
  return { url, attached: theirs, runs: () => runningServer(cluster) !== null, stop };
}

/** The port of the server that already runs on the cluster, once it answers; null when none runs. */
async function attach(cluster: string, urlOf: (port: number) => string): Promise<number | null> {
  for (let tries = 0; runningServer(cluster) !== null; tries++) {
    const port = runningPort(cluster);
    if (port !== null && (await answers(urlOf(port)))) return port;
    if (tries > 120) {
      throw new Fault(
        `A PostgreSQL already runs on ${cluster} (process ${runningServer(cluster)}) but does not answer. End it, then start again.`,
      );
    }
    await wait(500);
  }
  return null;
}

async function launch(
  binaries: Binaries,
  cluster: string,
  account: Account | null,
  port: number,
  throwaway: boolean,
  url: string,
): Promise<void> {
  const logFile = `${cluster}.log`;
  const log = openSync(logFile, 'w');
  const child = spawn(binaries.postgres, ['-D', cluster, ...serverSettings(cluster, port, throwaway)], {
    ...runAs(account),
    cwd: cluster,
    // Its own process group: Ctrl-C must end the web server first, then the database.
    detached: process.platform !== 'win32',
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  let ended = false;
  child.on('error', () => (ended = true));
  child.on('exit', () => (ended = true));
  for (;;) {
    if (await answers(url)) return;
    if (ended) throw new Fault(explain(readFileSync(logFile, 'utf8'), cluster, port));
    await wait(100);
  }
}

function explain(log: string, cluster: string, port: number): string {
  if (/No space left on device/.test(log))
    return `The disk that holds ${cluster} is full. Free some space and start again.`;
  if (/Address already in use/.test(log)) return `Port ${port} was taken by another program just now. Start again.`;
  if (/still in use|lock file .* already exists/.test(log)) {
    return `A PostgreSQL that was killed on ${cluster} has not quite ended. Wait a few seconds and start again.`;
  }
  return `PostgreSQL did not start on ${cluster}. Its last words:\n${log.trim().split('\n').slice(-8).join('\n')}`;
}

function stopServer(binaries: Binaries, cluster: string, account: Account | null): void {
  const flags = ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '60', '-s'];
  spawnSync(binaries.control, flags, { ...runAs(account), cwd: cluster, stdio: 'ignore' });
}
