import 'server-only';
import { rm } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { PoolClient } from 'pg';
import { recordAudit } from '@/lib/audit/record';
import {
  placeOfSource,
  secretsOf,
  type ConnectorSecrets,
  type ConnectorSource,
} from '@/lib/contract/connector-sources';
import type { AuditAction } from '@/lib/contract/audit';
import type { Connector, ConnectorChange, NewConnector } from '@/lib/contract/connectors';
import { ApiError } from '@/lib/contract/errors';
import { inTransaction } from '@/lib/db/transaction';
import { checkFolder } from './folders';
import { getConnector } from './list';
import { placeFor } from './place';
import { seal } from './seal';

/** More are not looked after by anybody. */
const most = 100;

interface Who {
  workspaceId: number;
  /** Null: the command line. */
  userId: string | null;
}

const fault = (field: string, message: string): ApiError =>
  new ApiError('invalid_request', `The body is wrong: ${field} ${message}`, [{ field, message }]);

function sealed(workspaceId: number, { kind }: ConnectorSource, secrets: ConnectorSecrets): Record<string, string> {
  const given = Object.entries(secrets).flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const]));
  for (const [name] of given)
    if (!secretsOf[kind].some((known) => known === name)) {
      const takes = secretsOf[kind].join(', ') || 'none';
      throw fault(`secrets.${name}`, `is no secret of this kind of source. It takes: ${takes}.`);
    }
  return Object.fromEntries(given.map(([name, text]) => [name, seal(workspaceId, text)]));
}

export async function createConnector(who: Who, made: NewConnector): Promise<Connector> {
  const { workspaceId, userId } = who;
  const { name, source, scheduleSeconds, publish, limits } = made;
  if (source.kind === 'folder') await checkFolder(workspaceId, source.path);
  const secrets = sealed(workspaceId, source, made.secrets);
  const id = await inTransaction(async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`connectors ${workspaceId}`]);
    const { rows: held } = await client.query<{ name: string }>('SELECT name FROM connector WHERE workspace_id = $1', [
      workspaceId,
    ]);
    if (held.length >= most) throw new ApiError('conflict', `A workspace has at most ${most} connectors.`);
    const { rows } = await named(name, () =>
      client.query<{ id: number }>(
        `INSERT INTO connector (workspace_id, name, source, secrets, limits, schedule_seconds, publish, created_by, next_run_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, CASE WHEN $6::int IS NOT NULL THEN now() END) RETURNING id`,
        [workspaceId, name, source, secrets, limits, scheduleSeconds, publish, userId],
      ),
    );
    await record(client, who, 'connector.create', rows[0]!.id, { name, kind: source.kind });
    return rows[0]!.id;
  });
  return getConnector(workspaceId, id);
}

interface Held extends Pick<Connector, 'name' | 'source' | 'limits' | 'scheduleSeconds' | 'publish'> {
  secrets: Record<string, string>;
}

export async function changeConnector(who: Who, id: number, change: ConnectorChange): Promise<Connector> {
  const { workspaceId } = who;
  const { name, scheduleSeconds, publish, limits } = change;
  if (change.source?.kind === 'folder') await checkFolder(workspaceId, change.source.path);
  await inTransaction(async (client) => {
    const { rows } = await client.query<Held>(
      `SELECT name, source, secrets, limits, schedule_seconds AS "scheduleSeconds", publish FROM connector
       WHERE workspace_id = $1 AND id = $2 FOR UPDATE`,
      [workspaceId, id],
    );
    const [held] = rows;
    if (!held) throw new ApiError('not_found', `There is no connector ${id}.`);
    const source = change.source ?? held.source;
    const isElsewhere = source.kind !== held.source.kind || placeOfSource(source) !== placeOfSource(held.source);
    if (isElsewhere && change.secrets === undefined && Object.keys(held.secrets).length > 0)
      throw fault('secrets', 'are kept for the place that they were entered for: enter them again, or give {}.');
    const secrets = change.secrets ? sealed(workspaceId, source, change.secrets) : held.secrets;
    // Where another source is read, what is known of the old one says nothing.
    const isNew = change.source !== undefined && !isDeepStrictEqual(source, held.source);
    await named(name ?? '', () =>
      client.query(
        `UPDATE connector SET name = coalesce($3, name), source = $4, secrets = $5, limits = coalesce($6, limits),
                schedule_seconds = CASE WHEN $7 THEN $8::int ELSE schedule_seconds END, publish = coalesce($9, publish),
                next_run_at = CASE WHEN $7 THEN CASE WHEN $8::int IS NOT NULL THEN now() END ELSE next_run_at END,
                checkpoint = CASE WHEN $10 THEN '{}' ELSE checkpoint END
         WHERE workspace_id = $1 AND id = $2`,
        [
          workspaceId,
          id,
          name ?? null,
          source,
          secrets,
          limits ?? null,
          scheduleSeconds !== undefined,
          scheduleSeconds ?? null,
          publish ?? null,
          isNew,
        ],
      ),
    );
    if (isNew)
      await client.query('DELETE FROM connector_seen WHERE workspace_id = $1 AND connector_id = $2', [workspaceId, id]);
    // A form sends everything; of secrets, which are sealed, any that is entered counts.
    const changed = (Object.keys(change) as (keyof ConnectorChange)[]).filter(
      (name) => name === 'secrets' || !isDeepStrictEqual(change[name], held[name]),
    );
    await record(client, who, 'connector.change', id, { changed });
  });
  return getConnector(workspaceId, id);
}

export async function deleteConnector(who: Who, id: number): Promise<void> {
  await inTransaction(async (client) => {
    const { rows } = await client.query<{ name: string }>(
      'DELETE FROM connector WHERE workspace_id = $1 AND id = $2 RETURNING name',
      [who.workspaceId, id],
    );
    if (!rows[0]) throw new ApiError('not_found', `There is no connector ${id}.`);
    await record(client, who, 'connector.delete', id, { name: rows[0].name });
  });
  await rm(placeFor(who.workspaceId, id), { recursive: true, force: true });
}

const record = (client: PoolClient, who: Who, action: AuditAction, id: number, detail: Record<string, unknown>) =>
  recordAudit(client, { ...who, action, subject: `connector ${id}`, detail });

async function named<T>(name: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'connector_workspace_id_name_key') throw error;
    throw new ApiError('conflict', `There is a connector named "${name}" already.`);
  }
}
