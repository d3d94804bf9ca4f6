import 'server-only';
import { Client } from 'pg';
import { env } from '@/lib/env';

/** The advisory lock that a process holds for each job it runs. */
export const jobLock = (jobId: string): string => `job ${jobId}`;

/**
 * Says which jobs this process runs: one connection holds a lock for each. The database lets go of them when the process
 * dies, however it dies, and so everybody else can tell a job that runs from one that was left behind.
 */
export class Leases {
  private client: Promise<Client> | null = null;

  /** Whether the job is this process's now. */
  async take(jobId: string): Promise<boolean> {
    const client = await this.connected();
    const { rows } = await client.query<{ free: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS free',
      [jobLock(jobId)],
    );
    return rows[0]?.free ?? false;
  }

  async release(jobId: string): Promise<void> {
    const client = await this.client?.catch(() => null);
    await client
      ?.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [jobLock(jobId)])
      .catch(() => this.drop(client));
  }

  async close(): Promise<void> {
    const client = await this.client?.catch(() => null);
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  private connected(): Promise<Client> {
    this.client ??= (async () => {
      const client = new Client({
        connectionString: env.DATABASE_URL,
        connectionTimeoutMillis: env.DATABASE_ACQUIRE_TIMEOUT,
        keepAlive: true,
        application_name: 'brandlens-lease',
      });
      client.on('error', () => this.drop(client));
      client.on('end', () => this.drop(client));
      await client.connect();
      return client;
    })();
    const opening = this.client;
    opening.catch(() => {
      if (this.client === opening) this.client = null;
    });
    return opening;
  }

  /** A lost connection has lost its locks; the next job connects again. */
  private drop(client: Client): void {
    void this.client?.then(
      (current) => {
        if (current === client) this.client = null;
      },
      () => undefined,
    );
    void client.end().catch(() => undefined);
  }
}
