import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { randomFrom } from '@/lib/rollups/random.fixture';
import { verifyRollups } from '@/lib/rollups/verify';
import { requestPublish, requestRevert } from './request';
import {
  check,
  csv,
  everything,
  newWorkspace,
  published,
  reaches,
  received,
  reported,
  versionOf,
  type Trial,
} from './trial.fixture';
import { end, startWorker } from './worker-process.fixture';

// A file goes its whole way, is checked, published and reverted, and in each of these something breaks at a random instant.
// What stays is what an undisturbed run leaves.

/** So many times; in the long run as often as the plan asks for. */
export const rounds = process.env['LONG'] ? 100 : 5;

const steps = ['check', 'publish', 'revert'] as const;
type Step = (typeof steps)[number];
const ask: Record<Step, (trial: Trial) => Promise<void>> = { check, publish: requestPublish, revert: requestRevert };
const goal: Record<Step, string> = { check: 'validated', publish: 'published', revert: 'reverted' };

const before = csv('01', 120);
/** Several chunks long, with rows that are refused. */
const text = `${csv('01', 12_000, 33)}\n2024-01-05,S1,h1,r1,p1,B1,C1,1,-3\n2024-13-05,S1,h1,r1,p1,B1,C1,1,3`;
const worker = () => startWorker({ IMPORT_CHUNK_BYTES: '5000', LOG_LEVEL: 'silent' }, 'ordeal');

/** What breaks; it is mended again when this returns. */
export type Blow = (running: Running) => Promise<void>;
export interface Running {
  worker: ReturnType<typeof startWorker>;
}

export const killWorker: Blow = async (running) => {
  await end(running.worker, 'SIGKILL');
  running.worker = worker();
};

/** As a database does that is stopped, or a network that fails. */
export const cutConnections: Blow = async () => {
  await loadPool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ordeal'`);
};

const staged = async ({ workspaceId, importId }: Trial): Promise<number> => {
  const { rows } = await loadPool.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM staged_line WHERE workspace_id = $1 AND import_id = $2',
    [workspaceId, importId],
  );
  return rows[0]!.n;
};

/** All that can be seen of the import and its workspace after a step. */
const seenAfter: Record<Step, (trial: Trial) => Promise<unknown>> = {
  check: async (trial) => ({ report: await reported(trial), staged: await staged(trial) }),
  publish: (trial) => left(trial),
  revert: (trial) => left(trial),
};

async function left(trial: Trial): Promise<unknown> {
  const { workspaceId: w } = trial;
  const numbers = await everything(w);
  return { numbers, version: await versionOf(w), staged: await staged(trial), proved: (await verifyRollups(w)).ok };
}

interface Undisturbed {
  ms: Record<Step, number>;
  seen: Record<Step, unknown>;
}

async function ready(): Promise<Trial> {
  const w = await newWorkspace();
  await published(w, before);
  return received(w, text);
}

export class Ordeal {
  private readonly running: Running = { worker: worker() };
  private readonly random = randomFrom(Number(process.env['FAST_CHECK_SEED'] ?? 7));
  private undisturbed: Undisturbed | undefined;

  /** How long each step takes, and what it leaves. */
  async learn(): Promise<void> {
    const trial = await ready();
    const [ms, seen] = [{} as Record<Step, number>, {} as Record<Step, unknown>];
    for (const step of steps) {
      const started = Date.now();
      await ask[step](trial);
      await reaches(trial, goal[step]);
      ms[step] = Date.now() - started;
      seen[step] = await seenAfter[step](trial);
    }
    this.undisturbed = { ms, seen };
  }

  /** The whole way of a file with a blow in each of its steps. */
  async suffer(blow: Blow): Promise<void> {
    const { ms, seen } = this.undisturbed!;
    const trial = await ready();
    for (const step of steps) {
      const after = Math.round(this.random() * ms[step]);
      await ask[step](trial);
      await wait(after);
      await blow(this.running);
      await reaches(trial, goal[step], 90_000);
      expect(await seenAfter[step](trial), `${step}, struck after ${after} of ${ms[step]} ms`).toEqual(seen[step]);
    }
  }
}
