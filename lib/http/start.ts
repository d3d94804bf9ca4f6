import 'server-only';
import { secretFault } from '@/lib/access/secret';
import { noteVersion } from '@/lib/cache/data-version';
import { env } from '@/lib/env';
import { startJobs, stopJobs } from '@/lib/jobs/queue';
import { logger } from '@/lib/observability/logger';
import { flushSentry, startSentry } from '@/lib/observability/sentry';
import { notePeerAddresses } from './peer-address';

const retryMs = 5_000;

/** The database may come up after this process: the queue starts when it is there. */
async function startJobsWhenPossible(): Promise<void> {
  try {
    await startJobs({ onChanged: noteVersion });
  } catch (error) {
    logger.warn({ err: error }, 'the job queue could not start yet; trying again');
    setTimeout(() => void startJobsWhenPossible(), retryMs).unref();
  }
}

/** The server itself answers what it has begun and then ends the process: until then the database stays connected. */
async function stop(): Promise<void> {
  await Promise.allSettled(env.JOBS === 'web' ? [stopJobs(), flushSentry()] : [flushSentry()]);
}

/** What the web process does once, before its first request. Refuses settings that are not safe. */
export async function start(): Promise<void> {
  const fault = secretFault(env);
  if (fault) {
    process.stderr.write(`Brandlens does not start. ${fault}\n`);
    process.exit(1);
  }
  notePeerAddresses();
  await startSentry();
  if (env.JOBS === 'web') await startJobsWhenPossible();
  process.once('SIGTERM', () => void stop());
  logger.info({ jobs: env.JOBS, limit: env.RATE_LIMIT }, 'started');
}
