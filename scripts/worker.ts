import { openDatabase } from './database/open';
import { main } from './fault';

// Runs jobs outside of the web process, which is then started with JOBS=off. Any number of workers may run.

void main(async () => {
  const database = await openDatabase();
  // Before anything reads the settings: what reads them is imported only now.
  process.env.DATABASE_URL = database.url;
  const { startJobs, stopJobs } = await import('@/lib/jobs/queue');
  const { loadPool } = await import('@/lib/db/pool');
  const { db } = await import('@/lib/db/client');
  const { logger } = await import('@/lib/observability/logger');
  await startJobs();
  logger.info('the worker waits for jobs');
  // Keeps the process alive: the timers of the queue alone do not.
  const alive = setInterval(() => undefined, 60_000);
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  try {
    await Promise.race([asked, database.failed]);
  } finally {
    clearInterval(alive);
    logger.info('the worker ends');
    await stopJobs();
    await loadPool.end();
    await db.$disconnect();
    database.close();
  }
});
