import 'server-only';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { db } from '@/lib/db/client';
import { env } from '@/lib/env';
import { jobsRun } from '@/lib/jobs/queue';
import { limiter } from './limit';

interface Check {
  state: 'ok' | 'down';
  ms: number;
  detail?: string;
}

const patienceMs = 2_000;

/** Runs a check for no longer than the patience of whoever asks. */
async function timed(check: () => Promise<string | undefined>): Promise<Check> {
  const started = performance.now();
  const since = () => Math.round((performance.now() - started) * 10) / 10;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs);
  });
  try {
    const detail = await Promise.race([check(), late]);
    return { state: 'ok', ms: since(), ...(detail && { detail }) };
  } catch (error) {
    // What is wrong in detail is for the log: anybody may read this answer.
    const told = error instanceof Error && error.message.startsWith('no answer') ? error.message : 'failed';
    return { state: 'down', ms: since(), detail: error instanceof NotReady ? error.message : told };
  } finally {
    clearTimeout(timer);
  }
}

class NotReady extends Error {}

async function database(): Promise<undefined> {
  await db.$queryRaw`SELECT 1`;
  return undefined;
}

async function migrations(): Promise<string> {
  const folder = join(process.cwd(), 'prisma/migrations');
  const entries = await readdir(folder, { withFileTypes: true });
  const wanted = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  const applied = new Set(rows.map(({ name }) => name));
  const missing = wanted.filter((name) => !applied.has(name));
  if (missing.length > 0) throw new NotReady(`not applied yet: ${missing.join(', ')}`);
  return `${applied.size} applied`;
}

async function jobs(): Promise<string> {
  if (env.JOBS === 'off') return 'run by a worker';
  const [found] = await db.$queryRaw<{ there: boolean }[]>`SELECT to_regclass('pgboss.version') IS NOT NULL AS there`;
  if (!found?.there || !jobsRun()) throw new NotReady('the job queue has not started');
  return 'run in this process';
}

async function rateLimit(): Promise<string> {
  const { backend } = limiter();
  if (backend === 'memory') return 'memory';
  const response = await fetch(`${env.UPSTASH_REDIS_REST_URL}/ping`, {
    headers: { authorization: `Bearer ${env.UPSTASH_REDIS_REST_TOKEN}` },
    signal: AbortSignal.timeout(patienceMs),
  });
  if (!response.ok) throw new NotReady(`upstash answers ${response.status}; counted in memory meanwhile`);
  return 'upstash';
}

/** Each dependency with its state and latency. Requests are counted in memory while Upstash is down, so it may be. */
export async function readiness() {
  const [databaseCheck, migrationCheck, jobCheck, limitCheck] = await Promise.all([
    timed(database),
    timed(migrations),
    timed(jobs),
    timed(rateLimit),
  ]);
  const checks = { database: databaseCheck, migrations: migrationCheck, jobs: jobCheck, rateLimit: limitCheck };
  const needed = [databaseCheck, migrationCheck, jobCheck];
  const ok = needed.every(({ state }) => state === 'ok');
  return { status: ok ? ('ok' as const) : ('down' as const), release: env.RELEASE, cache: 'memory', checks };
}
