import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { publish } from '@/lib/ingest/publish';
import { dryRun } from '@/lib/ingest/received.fixture';
import { randomFrom } from '@/lib/rollups/random.fixture';
import { verifyRollups } from '@/lib/rollups/verify';
import { requestPublish, requestRevert } from './request';
import {
  check,
  csv,
  everything,
  newWorkspace,
  reaches,
  received,
  reported,
  versionOf,
  type Trial,
} from './trial.fixture';
import { end, startWorker } from './worker-process.fixture';

// A file goes its whole way, is checked, published and reverted, and in each of these something breaks at a random instant.
// What stays is what an undisturbed run leaves.

/** A round strikes each of the three steps once: five times at least, a hundred in the long run. */
const isLong = Boolean(process.env['LONG']);
export const rounds = Number(process.env['ROUNDS'] ?? (isLong ? 34 : 2));

const steps = ['check', 'publish', 'revert'] as const;
type Step = (typeof steps)[number];
const ask: Record<Step, (trial: Trial) => Promise<void>> = { check, publish: requestPublish, revert: requestRevert };
const goal: Record<Step, string> = { check: 'validated', publish: 'published', revert: 'reverted' };

const before = csv('01', 120);
/** Several chunks long, with rows that are refused. */
const text = `${csv('01', 4_500, 33)}\n2024-01-05,S1,h1,r1,p1,B1,C1,1,-3\n2024-13-05,S1,h1,r1,p1,B1,C1,1,3`;
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

/** How far the import is: in which stage of its step, if none yet `waiting`, else `over`. */
async function stageNow({ workspaceId, importId }: Trial, step: Step): Promise<string> {
  const { rows } = await loadPool.query<{ state: string; stage: string | null }>(
    `SELECT state, progress->>'stage' AS stage FROM import WHERE workspace_id = $1 AND id = $2`,
    [workspaceId, importId],
  );
  const { state, stage } = rows[0]!;
  return state === goal[step] ? 'over' : (stage ?? 'waiting');
}

const lookMs = 5;
/** From the goal to the end of the job. */
const overMs = 100;

/** Follows the import to its goal; answers its stages in their order, with the milliseconds of each. */
async function follow(trial: Trial, step: Step): Promise<Map<string, number>> {
  const stages = new Map<string, number>();
  for (let [stage, since] = ['waiting', Date.now()]; stage !== 'over'; await wait(lookMs)) {
    stages.set(stage, Date.now() - since);
    const next = await stageNow(trial, step);
    if (next !== stage) [stage, since] = [next, Date.now()];
  }
  return stages.set('over', overMs);
}

/** What an import that does not come to its goal looks like. */
async function lyingThere({ workspaceId, importId }: Trial): Promise<string> {
  const { rows } = await loadPool.query<Record<string, unknown>>(
    `SELECT i.state, i.progress, i.error,
       (SELECT json_agg(json_build_array(j.name, j.state, j.retry_count, j.start_after)) FROM pgboss.job j
        WHERE j.singleton_key = i.workspace_id || '/' || i.id) AS jobs,
       (SELECT json_agg(json_build_array(a.application_name, a.state, a.wait_event, left(a.query, 80))) FROM pg_stat_activity a
        WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()) AS sessions
     FROM import i WHERE i.workspace_id = $1 AND i.id = $2`,
    [workspaceId, importId],
  );
  return JSON.stringify(rows[0]);
}

interface Undisturbed {
  stages: Record<Step, Map<string, number>>;
  seen: Record<Step, unknown>;
}

async function ready(): Promise<Trial> {
  const w = await newWorkspace();
  // Without jobs: what is there before is not what is struck.
  const { id: importId } = await dryRun(before, {}, { workspaceId: w });
  await publish({ workspaceId: w, importId, userId: null });
  return received(w, text);
}

export class Ordeal {
  /** `round`: which of the stages is struck first; the following rounds strike the following ones. */
  constructor(private round = 0) {}

  private readonly running: Running = { worker: worker() };
  private readonly random = randomFrom(Number(process.env['FAST_CHECK_SEED'] ?? 7));
  private undisturbed: Undisturbed | undefined;
  /** How often each stage was struck. */
  private readonly struck: Record<string, number> = {};

  /** Which stages each step has, how long they take, and what the step leaves. */
  async learn(): Promise<void> {
    const trial = await ready();
    const [stages, seen] = [{} as Undisturbed['stages'], {} as Undisturbed['seen']];
    for (const step of steps) {
      await ask[step](trial);
      stages[step] = await follow(trial, step);
      seen[step] = await seenAfter[step](trial);
      for (const stage of stages[step].keys()) this.struck[`${step}: ${stage}`] = 0;
    }
    this.undisturbed = { stages, seen };
  }

  /** The whole way of a file with a blow in each of its steps, at a random instant of one stage after the other. */
  async suffer(blow: Blow): Promise<void> {
    const { stages, seen } = this.undisturbed!;
    const trial = await ready();
    for (const step of steps) {
      const names = [...stages[step].keys()];
      const aim = names[this.round % names.length]!;
      const after = Math.round(this.random() * stages[step].get(aim)!);
      await ask[step](trial);
      while (names.indexOf(await stageNow(trial, step)) < names.indexOf(aim)) await wait(lookMs);
      await wait(after);
      const stage = await stageNow(trial, step);
      await blow(this.running);
      this.struck[`${step}: ${stage}`] = (this.struck[`${step}: ${stage}`] ?? 0) + 1;
      await reaches(trial, goal[step], isLong ? 600_000 : 180_000).catch(async (error: unknown) => {
        throw new Error(`${step}, struck in ${stage}: ${await lyingThere(trial)}`, { cause: error });
      });
      expect(await seenAfter[step](trial), `${step}, struck ${after} ms into ${aim}, in ${stage}`).toEqual(seen[step]);
    }
    this.round += 1;
  }

  /** Goes the whole way so many times. In the long run no stage may have been missed. */
  async sufferAll(blow: Blow): Promise<void> {
    for (const name of Object.keys(this.struck)) this.struck[name] = 0;
    for (let round = 0; round < rounds; round += 1) await this.suffer(blow);
    console.log(
      Object.entries(this.struck)
        .map(([name, times]) => `${String(times).padStart(5)} × ${name}`)
        .join('\n'),
    );
    if (isLong) expect(Object.entries(this.struck).filter(([, times]) => times === 0)).toEqual([]);
  }
}
