import 'server-only';
import PgBoss from 'pg-boss';
import type { ImportKind } from '@/lib/contract/imports';
import type { Reading } from '@/lib/contract/reading';
import { alone } from '@/lib/db/alone';
import { env } from '@/lib/env';
import { logger } from '@/lib/observability/logger';

const reads = { retryLimit: 3, retryDelay: 1, expireInHours: 4 };
const changes = { retryLimit: 3, retryDelay: 1, expireInHours: 12 };
const verifies = { retryLimit: 2, retryDelay: 5, expireInHours: 2 };

/**
 * What jobs do. A job that was interrupted runs again, so often at most; what failed is told and asked for again. What is
 * large has a queue of its own, so that nothing small waits behind it.
 */
export const queues = {
  read: reads,
  check: reads,
  'check-large': reads,
  publish: changes,
  'publish-large': changes,
  revert: changes,
  correct: changes,
  verify: verifies,
  'verify-large': verifies,
  connect: { retryLimit: 3, retryDelay: 5, expireInHours: 12 },
} as const;
export type Queue = keyof typeof queues;
/** One of each at a time; of files to be read two, as nothing tells yet what is in them; connectors wait for others. */
export const atOnce = {
  read: 2,
  check: 1,
  'check-large': 1,
  publish: 1,
  'publish-large': 1,
  revert: 1,
  correct: 1,
  verify: 1,
  'verify-large': 1,
  connect: 3,
} as const satisfies Record<Queue, number>;
export const queueNames = Object.keys(queues) as Queue[];

export interface JobData {
  workspaceId: number;
  /** Left out for what is not about one import. */
  importId?: number;
  connectorId?: number;
  /** Of a file to be read: what is known of how it is written, and what it holds. */
  reading?: Reading;
  kind?: ImportKind;
  /** Of a check: what passes is published at once. */
  publish?: boolean;
  userId?: string | null;
}

interface Kept {
  brandlensBoss?: Promise<PgBoss> | undefined;
  brandlensSupervised?: boolean;
}
const keep = globalThis as Kept;

/** The queue, connected and with its tables made. Whoever only asks for jobs need not supervise them. */
export function openBoss(supervise = false): Promise<PgBoss> {
  if (keep.brandlensBoss && (keep.brandlensSupervised || !supervise)) return keep.brandlensBoss;
  const before = keep.brandlensBoss;
  keep.brandlensSupervised = supervise;
  const opening = open(supervise, before);
  keep.brandlensBoss = opening;
  // A failed start is tried again by the next caller.
  opening.catch(() => {
    if (keep.brandlensBoss === opening) keep.brandlensBoss = undefined;
  });
  return opening;
}

async function open(supervise: boolean, before: Promise<PgBoss> | undefined): Promise<PgBoss> {
  await closed(before);
  const boss = new PgBoss({
    connectionString: env.DATABASE_URL,
    schema: 'pgboss',
    application_name: 'brandlens-jobs',
    max: 3,
    schedule: false,
    supervise,
    maintenanceIntervalSeconds: 60,
    archiveCompletedAfterSeconds: 3_600,
    deleteAfterDays: 7,
  });
  // Without a listener a lost connection would end the process; the next poll connects again.
  boss.on('error', (error) => logger.warn({ err: error }, 'the job queue stumbled'));
  try {
    // Two that make its tables at once, a server and a worker say, end one another by a deadlock.
    await alone('job queues', async () => {
      await boss.start();
      for (const name of queueNames) {
        // One waits a key. "stately" would stop the whole queue while a key's job runs and another of it waits.
        const options = { name, policy: 'short' as const, ...queues[name] };
        if (await boss.getQueue(name)) await boss.updateQueue(name, options);
        else await boss.createQueue(name, options);
      }
    });
  } catch (error) {
    await closed(Promise.resolve(boss));
    throw error;
  }
  return boss;
}

/** Lets go of the queue's connections. */
export async function closeBoss(): Promise<void> {
  const opened = keep.brandlensBoss;
  keep.brandlensBoss = undefined;
  await closed(opened);
}

async function closed(opened: Promise<PgBoss> | undefined): Promise<void> {
  const boss = await opened?.catch(() => null);
  await boss?.stop({ graceful: false, close: true }).catch(() => undefined);
}
