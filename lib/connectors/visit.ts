import 'server-only';
import type { PoolClient } from 'pg';
import type { ConnectorLimits } from '@/lib/contract/connector-limits';
import type { ConnectorSecrets, ConnectorSource } from '@/lib/contract/connector-sources';
import { ApiError } from '@/lib/contract/errors';
import { loadPool } from '@/lib/db/pool';
import type { Client } from './client/client';

export interface Subject<S extends ConnectorSource = ConnectorSource> {
  workspaceId: number;
  connectorId: number;
  runId: number;
  name: string;
  source: S;
  secrets: ConnectorSecrets;
  limits: ConnectorLimits;
  publish: boolean;
  checkpoint: unknown;
}

export interface Around {
  /** Fires when the process is asked to end. */
  signal: AbortSignal;
  /** Publishes a checked import, now or soon. */
  publish: (asked: { workspaceId: number; importId: number; userId: string | null }) => Promise<void>;
}

const mostNotes = 50;
const tellEveryMs = 2_000;

/** One run of a connector: what it works with, and what it leaves behind. */
export class Visit<S extends ConnectorSource = ConnectorSource> {
  readonly imports: number[] = [];
  readonly notes: string[] = [];
  files = 0;
  rows = 0;
  /** Files that could not be taken. */
  refused = 0;
  private told = 0;

  constructor(
    readonly subject: Subject<S>,
    readonly client: Client,
    /** Fires when the run must end: the process ends, or its time is over. */
    readonly signal: AbortSignal,
    readonly around: Around,
  ) {}

  get source(): S {
    return this.subject.source;
  }

  /** A sentence for whoever looks at the run. */
  note(sentence: string): void {
    if (this.notes.length < mostNotes) this.notes.push(sentence.slice(0, 1_000));
    else if (this.notes.length === mostNotes) this.notes.push('There is more of this kind.');
  }

  /** A file that could not be taken: the run goes on, and has failed at its end. */
  refuse(sentence: string): void {
    this.refused += 1;
    this.note(sentence);
  }

  /** Keeps where the next run goes on, if the connector is still what this run began with. */
  async keep(checkpoint: object, client: Pick<PoolClient, 'query'> = loadPool): Promise<void> {
    this.signal.throwIfAborted();
    const { workspaceId, connectorId, source } = this.subject;
    const { rowCount } = await client.query(
      'UPDATE connector SET checkpoint = $3 WHERE workspace_id = $1 AND id = $2 AND source = $4',
      [workspaceId, connectorId, checkpoint, source],
    );
    if (!rowCount) throw new ApiError('conflict', 'The connector was changed or deleted while it ran.');
    this.subject.checkpoint = checkpoint;
    await this.tell();
  }

  /** Notes these ids, with a value each; answers those that no run has noted before, or with another value. */
  async seen(
    ids: readonly string[],
    client: Pick<PoolClient, 'query'> = loadPool,
    values: readonly (string | null)[] = ids.map(() => null),
  ): Promise<Set<string>> {
    const { workspaceId, connectorId } = this.subject;
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO connector_seen AS s (workspace_id, connector_id, id, value)
       SELECT DISTINCT ON (id) $1::int, $2::int, id, value FROM unnest($3::text[], $4::text[]) n (id, value) ORDER BY id
       ON CONFLICT (workspace_id, connector_id, id) DO UPDATE SET value = excluded.value
         WHERE s.value IS DISTINCT FROM excluded.value
       RETURNING id`,
      [workspaceId, connectorId, ids, values],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Those of the ids that were noted before. */
  async known(ids: readonly string[]): Promise<Set<string>> {
    const { workspaceId, connectorId } = this.subject;
    const { rows } = await loadPool.query<{ id: string }>(
      'SELECT id FROM connector_seen WHERE workspace_id = $1 AND connector_id = $2 AND id = ANY($3)',
      [workspaceId, connectorId, ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Forgets what was noted under ids that begin so: the next run notes it anew. */
  async forget(prefix = ''): Promise<void> {
    const { workspaceId, connectorId } = this.subject;
    await loadPool.query(
      'DELETE FROM connector_seen WHERE workspace_id = $1 AND connector_id = $2 AND starts_with(id, $3)',
      [workspaceId, connectorId, prefix],
    );
  }

  get result(): { imports: number[]; notes: string[]; statistics: object } {
    const { imports, notes, files, rows } = this;
    return { imports, notes, statistics: { ...this.client.statistics, files, rows } };
  }

  /** Shows how far it is, every other second at most. */
  private async tell(): Promise<void> {
    if (Date.now() - this.told < tellEveryMs) return;
    this.told = Date.now();
    const { workspaceId, runId } = this.subject;
    const { imports, notes, statistics } = this.result;
    await loadPool.query(
      'UPDATE connector_run SET imports = $3, notes = $4, statistics = $5 WHERE workspace_id = $1 AND id = $2',
      [workspaceId, runId, imports, notes, statistics],
    );
  }
}
