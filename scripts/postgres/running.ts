import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';

const pidFile = (cluster: string): string => join(cluster, 'postmaster.pid');

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function commandOf(pid: number): string | null {
  if (!isAlive(pid)) return null;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout || '';
  }
}

/**
 * The process that serves the cluster, or null. A lock file left by a killed server is removed when its number has gone
 * to another program meanwhile, as happens in containers: PostgreSQL itself would refuse to start.
 */
export function runningServer(cluster: string): number | null {
  if (!existsSync(pidFile(cluster))) return null;
  const pid = Number.parseInt(readFileSync(pidFile(cluster), 'utf8'), 10);
  const command = Number.isInteger(pid) && pid > 0 ? commandOf(pid) : null;
  if (command !== null && (command.includes('postgres') || process.platform === 'win32')) return pid;
  rmSync(pidFile(cluster), { force: true });
  return null;
}

/** The port in the lock file: the one the server really listens on. */
export function runningPort(cluster: string): number | null {
  try {
    return Number.parseInt(readFileSync(pidFile(cluster), 'utf8').split('\n')[3] ?? '', 10) || null;
  } catch {
    return null;
  }
}

/** Whether the server answers. */
export async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
