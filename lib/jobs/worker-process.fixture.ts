import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Client } from 'pg';
import { ownDatabase } from './own-database.fixture';
import { until } from './trial.fixture';

// The worker as a process of its own, and a way to stop its job at a chosen point.

const started = new Set<ChildProcess>();

/** By its name its connections can be told from others. */
export function startWorker(settings: Record<string, string> = {}, name?: string): ChildProcess {
  const address = new URL(ownDatabase);
  // Of the address it holds for all of the process's connections.
  if (name) address.searchParams.set('application_name', name);
  const child = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', 'scripts/worker.ts'], {
    env: { ...process.env, DATABASE_URL: address.href, LOG_LEVEL: 'warn', NODE_ENV: 'test', ...settings },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  started.add(child);
  return child;
}

export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
  started.delete(child);
}

export const endAll = async (): Promise<void> => {
  for (const child of started) await end(child, 'SIGKILL');
};

/** Holds what the statement locks until let go; `blocks` waits until somebody waits for it. */
export class Barrier {
  private constructor(
    private readonly client: Client,
    private readonly pid: number,
  ) {}

  static async hold(text: string, values: unknown[]): Promise<Barrier> {
    const client = new Client({ connectionString: ownDatabase });
    await client.connect();
    await client.query('BEGIN');
    const { rowCount } = await client.query(text, values);
    if (!rowCount) throw new Error('The barrier locks nothing.');
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    return new Barrier(client, rows[0]!.pid);
  }

  async blocks(): Promise<void> {
    await until('a job runs into the barrier', async () => {
      const { rows } = await this.client.query<{ n: number }>(
        'SELECT count(*)::int AS n FROM pg_stat_activity WHERE $1::int = ANY(pg_blocking_pids(pid))',
        [this.pid],
      );
      // A transaction's view of the statistics is kept: look anew the next time.
      await this.client.query('SELECT pg_stat_clear_snapshot()');
      return rows[0]!.n > 0;
    });
  }

  /** Cuts the connections of those who wait for it, as a database that is stopped does, then lets go. */
  async cut(): Promise<void> {
    await this.blocks();
    await this.client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE $1::int = ANY(pg_blocking_pids(pid))',
      [this.pid],
    );
    await this.release();
  }

  async release(): Promise<void> {
    await this.client.query('ROLLBACK');
    await this.client.end();
  }
}
