import 'server-only';
import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { purgeWorkspaces } from '@/lib/access/delete-workspace';
import { expireLines } from '@/lib/ingest/expire';
import { logger } from '@/lib/observability/logger';
import { atOnce, closeBoss, openBoss, queueNames } from './boss';
import { handBack } from './hand-back';
import type { Surroundings } from './handlers';
import { Leases } from './lease';
import { recover } from './recover';
import { requestDue } from './request-connector';
import { Worker } from './worker';

interface Running {
  leases: Leases;
  workers: Worker[];
  stopping: AbortController;
  sweep: NodeJS.Timeout;
}

// Shared by the bundles of one process: the routes ask what the start has begun.
const keep = globalThis as { brandlensJobs?: Running | undefined };

export interface JobSettings {
  onChanged?: Surroundings['onChanged'];
  /** How often to look for jobs that others left behind, and for connectors that are due. */
  recoverEveryMs?: number;
}

/** Whatever cut a job off, its connection say, is perhaps over by then. */
const soonMs = 1_000;

/** Runs jobs in this process until stopJobs: few of each verb at a time, so that pages keep their share of the machine. */
export async function startJobs(settings: JobSettings = {}): Promise<void> {
  if (keep.brandlensJobs) return;
  const { onChanged = () => undefined, recoverEveryMs = 15_000 } = settings;
  const boss = await openBoss(true);
  await recover(boss);
  const stopping = new AbortController();
  // Each worker waits for it; more than ten look like a leak.
  setMaxListeners(0, stopping.signal);
  const leases = new Leases();
  const around = { signal: stopping.signal, onChanged };
  let tidying: Promise<unknown> | null = null;
  // Takes minutes now and then: one at a time in a process.
  const tidy = (): Promise<unknown> =>
    (tidying ??= Promise.all([purgeWorkspaces(), expireLines(onChanged)]).finally(() => (tidying = null)));
  const look = (): void =>
    void Promise.all([recover(boss), requestDue(), tidy()]).catch((error: unknown) =>
      logger.warn({ err: error }, 'recovery of jobs failed; trying again'),
    );
  const sweep = setInterval(look, recoverEveryMs);
  sweep.unref();
  const soon = (): void => void setTimeout(() => keep.brandlensJobs && look(), soonMs).unref();
  const workers = queueNames.flatMap((queue) =>
    Array.from({ length: atOnce[queue] }, () => new Worker(boss, queue, leases, around, soon)),
  );
  keep.brandlensJobs = { leases, workers, stopping, sweep };
}

/** Whether this process takes jobs. */
export const jobsRun = (): boolean => keep.brandlensJobs !== undefined;

/** Lets what runs finish for so long. What takes longer is handed back: it rolls back with this process and runs elsewhere. */
export async function stopJobs(patienceMs = 30_000): Promise<void> {
  const running = keep.brandlensJobs;
  keep.brandlensJobs = undefined;
  if (running) {
    const { leases, workers, stopping, sweep } = running;
    clearInterval(sweep);
    stopping.abort();
    const patience = new AbortController();
    await Promise.race([
      Promise.all(workers.map(({ ended }) => ended)),
      wait(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
    for (const { queue, current } of workers) if (current) await handBack(queue, current.id).catch(() => undefined);
    await leases.close();
  }
  await closeBoss();
}
