import 'server-only';
import { connectorLimits } from '@/lib/contract/connector-limits';
import { connectorSource } from '@/lib/contract/connector-sources';
import { connectorRun, type Connector, type ConnectorRun } from '@/lib/contract/connectors';
import { ApiError } from '@/lib/contract/errors';
import { db, sql } from '@/lib/db/client';

interface RunRow extends Omit<ConnectorRun, 'startedAt' | 'endedAt' | 'statistics'> {
  startedAt: Date;
  endedAt: Date | null;
  statistics: unknown;
}

interface Row {
  id: number;
  name: string;
  source: unknown;
  secrets: string[];
  scheduleSeconds: number | null;
  publish: boolean;
  limits: unknown;
  due: boolean;
  nextRunAt: Date | null;
  createdAt: Date;
}

const runColumns = sql.sql`
  r.connector_id AS "connectorId", r.id, r.state, r.started_at AS "startedAt", r.ended_at AS "endedAt", r.error,
  r.imports, r.notes, r.statistics`;

const toRun = ({ startedAt, endedAt, ...row }: RunRow): ConnectorRun =>
  connectorRun.parse({ ...row, startedAt: startedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null });

async function read(workspaceId: number, id: number | null): Promise<Connector[]> {
  const only = id === null ? sql.empty : sql.sql`AND c.id = ${id}`;
  const [rows, runs] = await Promise.all([
    db.$queryRaw<Row[]>`
      SELECT c.id, c.name, c.source, ARRAY(SELECT jsonb_object_keys(c.secrets) ORDER BY 1) AS secrets,
             c.schedule_seconds AS "scheduleSeconds", c.publish, c.limits, coalesce(c.next_run_at <= now(), false) AS due,
             c.next_run_at AS "nextRunAt", c.created_at AS "createdAt"
      FROM connector c WHERE c.workspace_id = ${workspaceId} ${only} ORDER BY c.name LIMIT 100`,
    db.$queryRaw<(RunRow & { connectorId: number })[]>`
      SELECT DISTINCT ON (r.connector_id) ${runColumns}
      FROM connector_run r JOIN connector c ON c.workspace_id = r.workspace_id AND c.id = r.connector_id
      WHERE r.workspace_id = ${workspaceId} ${only} ORDER BY r.connector_id, r.id DESC`,
  ]);
  const lastOf = new Map(runs.map(({ connectorId, ...run }) => [connectorId, toRun(run)]));
  return rows.map(({ due, nextRunAt, createdAt, ...row }) => {
    const lastRun = lastOf.get(row.id) ?? null;
    return {
      ...row,
      source: connectorSource.parse(row.source),
      limits: connectorLimits.parse(row.limits),
      state: lastRun?.state === 'running' ? 'running' : due ? 'waiting' : 'idle',
      nextRunAt: nextRunAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
      lastRun,
    };
  });
}

/** The connectors of a workspace with their last runs, by name. */
export const listConnectors = (workspaceId: number): Promise<Connector[]> => read(workspaceId, null);

export async function getConnector(workspaceId: number, id: number): Promise<Connector> {
  const [found] = await read(workspaceId, id);
  if (found) return found;
  throw new ApiError('not_found', `There is no connector ${id}.`);
}

/** The runs of a connector, newest first. */
export async function listRuns(workspaceId: number, id: number): Promise<ConnectorRun[]> {
  await getConnector(workspaceId, id);
  const rows = await db.$queryRaw<(RunRow & { connectorId: number })[]>`
    SELECT ${runColumns} FROM connector_run r
    WHERE r.workspace_id = ${workspaceId} AND r.connector_id = ${id} ORDER BY r.id DESC LIMIT 50`;
  return rows.map(({ connectorId: _, ...run }) => toRun(run));
}
