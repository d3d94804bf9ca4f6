import { loadPool } from '@/lib/db/pool';
import { db } from '@/lib/db/client';
import { startJobs, stopJobs } from '@/lib/jobs/queue';
import { logger } from '@/lib/observability/logger';
import { main } from './fault';

// Runs jobs outside of the web process, which is then started with JOBS=off. Any number of workers may run.

void main(async () => {
  await startJobs();
  logger.info('the worker waits for jobs');
  await new Promise<void>((resolve) => {
    // Keeps the process alive: the timers of the queue alone do not.
    const alive = setInterval(() => undefined, 60_000);
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        clearInterval(alive);
        resolve();
      });
  });
  await stopJobs();
  await loadPool.end();
  await db.$disconnect();
});
