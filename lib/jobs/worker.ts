import 'server-only';
import { setTimeout as wait } from 'node:timers/promises';
import type PgBoss from 'pg-boss';
import { ApiError } from '@/lib/contract/errors';
import { loadPool } from '@/lib/db/pool';
import { stateOf } from '@/lib/ingest/state';
import { logger } from '@/lib/observability/logger';
import type { JobData, Queue } from './boss';
import { handBack } from './hand-back';
import { handlers, type Surroundings } from './handlers';
import { under, verbOf } from './interrupted';
import type { Leases } from './lease';

const pollMs = 500;

type Job = PgBoss.Job<JobData>;

/** Takes the jobs of one queue, one after the other, until the signal. */
export class Worker {
  /** The job at hand. */
  current: Job | null = null;
  readonly ended: Promise<void>;

  constructor(
    private readonly boss: PgBoss,
    readonly queue: Queue,
    private readonly leases: Leases,
    private readonly around: Surroundings,
    /** Told that a job is left marked as running, though nobody runs it. */
    private readonly onDropped: () => void,
  ) {
    this.ended = this.run();
  }

  private async run(): Promise<void> {
    const { signal } = this.around;
    while (!signal.aborted) {
      const [job] = await this.boss.fetch<JobData>(this.queue, { batchSize: 1 }).catch(() => []);
      if (!job) {
        await wait(pollMs, undefined, { signal }).catch(() => undefined);
        continue;
      }
      this.current = job;
      // What goes wrong here leaves the job marked as running without a lease: recovery finds it.
      await this.take(job).catch((error: unknown) => {
        logger.warn({ err: error, queue: this.queue, job: job.id }, 'a job was dropped; it will be found again');
        this.onDropped();
      });
      this.current = null;
    }
  }

  private async take(job: Job): Promise<void> {
    if (!(await this.leases.take(job.id))) return;
    try {
      // Between the fetch and the lease, recovery may have handed it on.
      const { rowCount } = await loadPool.query(
        `SELECT 1 FROM pgboss.job WHERE name = $1 AND id = $2 AND state = 'active'`,
        [this.queue, job.id],
      );
      if (rowCount) await this.settle(job, await this.attempt(job));
    } finally {
      await this.leases.release(job.id);
    }
  }

  private async attempt({ id, data }: Job): Promise<unknown> {
    const started = Date.now();
    const about = { queue: this.queue, job: id, ...data };
    try {
      await handlers[this.queue](data, this.around);
      logger.info({ ...about, ms: Date.now() - started }, 'job done');
      return null;
    } catch (error) {
      // The import says what was wrong with it; only what is nobody's fault of that kind is an error.
      if (error instanceof ApiError) logger.info({ ...about, reason: error.message }, 'job refused');
      else if (this.around.signal.aborted) logger.info(about, 'job interrupted');
      else logger.error({ ...about, err: error }, 'job failed');
      return error;
    }
  }

  /** A job that left its import under way was interrupted and runs again; whatever else went wrong has been told. */
  private async settle({ id, data }: Job, error: unknown): Promise<void> {
    if (error === null) await this.boss.complete(this.queue, id);
    else if (!(await this.isUnfinished(data, error))) await this.boss.cancel(this.queue, id);
    else if (this.around.signal.aborted) await handBack(this.queue, id);
    else await this.boss.fail(this.queue, id, { message: String(error) });
  }

  private async isUnfinished({ workspaceId, importId = 0 }: JobData, error: unknown): Promise<boolean> {
    const verb = verbOf(this.queue);
    if (!verb) return !(error instanceof ApiError);
    const state = await stateOf(workspaceId, importId).catch((failed: unknown) => {
      if (failed instanceof ApiError) return null;
      throw failed;
    });
    return state === under[verb].state;
  }
}
