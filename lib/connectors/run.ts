import 'server-only';
import { connectorLimits } from '@/lib/contract/connector-limits';
import { connectorSource, type ConnectorSecrets } from '@/lib/contract/connector-sources';
import { ApiError } from '@/lib/contract/errors';
import { loadPool } from '@/lib/db/pool';
import { env } from '@/lib/env';
import { logger } from '@/lib/observability/logger';
import { Client } from './client/client';
import { connectorLock, settleLost } from './lock';
import { unseal } from './seal';
import { visitSource } from './sources/visit-source';
import { stopOf } from './stop';
import { Visit, type Around, type Subject } from './visit';

export interface Asked {
  workspaceId: number;
  connectorId: number;
  /** Who asked for it; null: the schedule, or the command line. */
  userId: string | null;
}

/** Runs a connector from where its last run stopped; answers the run's id. One run at a time, wherever. */
export async function runConnector(asked: Asked, around: Around): Promise<number> {
  const client = await loadPool.connect();
  const lock = connectorLock(asked.workspaceId, asked.connectorId);
  let broken: Error | undefined;
  try {
    const { rows } = await client.query<{ free: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS free',
      [lock],
    );
    if (!rows[0]?.free) throw new ApiError('conflict', 'The connector is running already.');
    try {
      await settleLost(asked);
      return await perform(await begin(asked), around);
    } finally {
      await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [lock]).catch((error: Error) => {
        broken = error;
      });
    }
  } finally {
    client.release(broken);
  }
}

interface Row {
  name: string;
  source: unknown;
  secrets: Record<string, string>;
  limits: unknown;
  publish: boolean;
  checkpoint: unknown;
  run_id: number;
}

/** Notes the run, and when the next one is due even if this one is lost. */
async function begin({ workspaceId, connectorId, userId }: Asked): Promise<Row & Asked> {
  const { rows } = await loadPool.query<Row>(
    `WITH begun AS (
       UPDATE connector SET next_run_at = now() + make_interval(secs => schedule_seconds)
       WHERE workspace_id = $1 AND id = $2 RETURNING name, source, secrets, limits, publish, checkpoint
     ), run AS (
       INSERT INTO connector_run (workspace_id, connector_id, started_by) SELECT $1, $2, $3 FROM begun RETURNING id
     )
     SELECT begun.*, run.id AS run_id FROM begun, run`,
    [workspaceId, connectorId, userId],
  );
  if (rows[0]) return { ...rows[0], workspaceId, connectorId, userId };
  throw new ApiError('not_found', `There is no connector ${connectorId}.`);
}

async function perform(row: Row & Asked, around: Around): Promise<number> {
  const { workspaceId, connectorId, run_id: runId } = row;
  const limits = connectorLimits.parse(row.limits);
  const late = AbortSignal.timeout(limits.runSeconds * 1_000);
  const stop = stopOf({ workspaceId, runId });
  const signal = AbortSignal.any([around.signal, late, stop.signal]);
  const client = new Client(limits, env.CONNECTOR_PRIVATE_HOSTS, signal);
  let visit: Visit | undefined;
  let outcome: Outcome = { state: 'done', error: null, again: null };
  try {
    const secrets: ConnectorSecrets = Object.fromEntries(
      Object.entries(row.secrets).map(([name, kept]) => [name, unseal(workspaceId, kept)]),
    );
    const { name, publish, checkpoint } = row;
    const source = connectorSource.parse(row.source);
    const subject: Subject = { workspaceId, connectorId, runId, name, source, secrets, limits, publish, checkpoint };
    visit = new Visit(subject, client, signal, around);
    await visitSource(visit);
    if (visit.refused > 0) outcome = refusal(visit.refused);
  } catch (error) {
    if (around.signal.aborted) outcome = interrupted('The process was ended. The next run goes on from there.');
    else if (stop.signal.aborted)
      outcome = interrupted('It was stopped. What it has gathered is kept, and the next run goes on from there.');
    else if (late.aborted)
      outcome = interrupted(
        `The run took longer than ${limits.runSeconds} seconds, its limit. What it has gathered is kept, and the next run goes on.`,
      );
    else outcome = failure(error, { workspaceId, connectorId, runId });
  } finally {
    stop.close();
    await client.close();
  }
  await end(row, outcome, visit);
  // Whoever ends the process wants the job to run again elsewhere.
  if (around.signal.aborted) throw new Error('The connector was interrupted.');
  return runId;
}

interface Outcome {
  state: 'done' | 'failed' | 'interrupted';
  error: string | null;
  /** Seconds after which it may be better; null: as the schedule says. */
  again: number | null;
}

const soonestRetry = 300;

const interrupted = (error: string): Outcome => ({ state: 'interrupted', error, again: null });

const refusal = (files: number): Outcome => ({
  state: 'failed',
  error: `${files === 1 ? '1 file' : `${files.toLocaleString('en')} files`} could not be taken.`,
  again: null,
});

function failure(error: unknown, about: object): Outcome {
  if (error instanceof ApiError) {
    const again = error.code === 'unavailable' ? Math.max(soonestRetry, error.retryAfterSeconds ?? 0) : null;
    return { state: 'failed', error: error.message, again };
  }
  logger.error({ ...about, err: error }, 'a connector failed');
  return { state: 'failed', error: 'The run broke off. What it has gathered is kept; run it again.', again: null };
}

async function end(row: Row & Asked, { state, error, again }: Outcome, visit: Visit | undefined): Promise<void> {
  const { imports = [], notes = [], statistics = {} } = visit?.result ?? {};
  await loadPool.query(
    `WITH ended AS (
       UPDATE connector_run SET state = $3, error = $4, imports = $5, notes = $6, statistics = $7, ended_at = now()
       WHERE workspace_id = $1 AND id = $2 RETURNING connector_id
     )
     UPDATE connector c SET next_run_at = now() + make_interval(secs => least(c.schedule_seconds, $8)) FROM ended
     WHERE c.workspace_id = $1 AND c.id = ended.connector_id AND c.schedule_seconds IS NOT NULL`,
    [row.workspaceId, row.run_id, state, error, imports, notes, statistics, again],
  );
}
