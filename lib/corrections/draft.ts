import 'server-only';
import type { PoolClient } from 'pg';
import { recordAudit } from '@/lib/audit/record';
import type { Correction, NewCorrection } from '@/lib/contract/corrections';
import { ApiError } from '@/lib/contract/errors';
import { inTransaction } from '@/lib/db/transaction';
import { readCorrections } from './list';
import { endOf } from './spelling';

interface Who {
  workspaceId: number;
  userId: string | null;
}

interface Held {
  kind: NewCorrection['kind'];
  subject: string;
  brand: string;
  state: Correction['state'];
}

type Details = { field: string; message: string }[];

/** Puts corrections into the draft; one about what another draft is about takes its place. */
export async function draftCorrections(who: Who, corrections: readonly NewCorrection[]): Promise<Correction[]> {
  const { workspaceId, userId } = who;
  const ids = await inTransaction(async (client) => {
    // One after the other: what is there is looked at first.
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`corrections ${workspaceId}`]);
    const { rows: held } = await client.query<Held>(
      `SELECT kind, subject, brand, state FROM correction WHERE workspace_id = $1 AND state <> 'undone'`,
      [workspaceId],
    );
    const details = [...(await unknownSubjects(client, workspaceId, corrections)), ...faultsBeside(held, corrections)];
    if (details.length > 0) throw new ApiError('invalid_request', 'These corrections cannot be made.', details);
    const { rows } = await client.query<{ id: number }>(
      `INSERT INTO correction (workspace_id, kind, subject, brand, created_by)
       SELECT $1, c.kind, c.subject, c.brand, $2 FROM jsonb_to_recordset($3) AS c (kind text, subject text, brand text)
       ON CONFLICT (workspace_id, kind, subject) WHERE state <> 'undone'
       DO UPDATE SET brand = excluded.brand, created_by = excluded.created_by, created_at = now() RETURNING id`,
      [workspaceId, userId, JSON.stringify(corrections)],
    );
    return rows.map(({ id }) => id);
  });
  return readCorrections(workspaceId, ids);
}

/** Takes a correction out of the draft. */
export const dropCorrection = ({ workspaceId, userId }: Who, id: number): Promise<void> =>
  inTransaction(async (client) => {
    const { rows } = await client.query<{ subject: string; brand: string }>(
      `DELETE FROM correction WHERE workspace_id = $1 AND id = $2 AND state = 'draft' RETURNING subject, brand`,
      [workspaceId, id],
    );
    if (!rows[0]) {
      const [found] = await readCorrections(workspaceId, [id]);
      if (!found) throw new ApiError('not_found', `There is no correction ${id}.`);
      throw new ApiError('conflict', `Correction ${id} is ${found.state}; only one of the draft can be taken out.`);
    }
    await recordAudit(client, {
      workspaceId,
      userId,
      action: 'correction.drop',
      subject: `correction ${id}`,
      detail: rows[0],
    });
  });

/** Names of brands and codes of products that the workspace does not have. */
async function unknownSubjects(
  client: PoolClient,
  workspaceId: number,
  corrections: readonly NewCorrection[],
): Promise<Details> {
  const { rows } = await client.query<{ at: number }>(
    `SELECT (c.at - 1)::int AS at
     FROM jsonb_array_elements($2) WITH ORDINALITY AS c (one, at)
     WHERE CASE c.one->>'kind'
       WHEN 'spelling' THEN NOT EXISTS (SELECT FROM brand b WHERE b.workspace_id = $1 AND b.name = c.one->>'subject')
       ELSE NOT EXISTS (SELECT FROM product p WHERE p.workspace_id = $1 AND p.code = c.one->>'subject') END`,
    [workspaceId, JSON.stringify(corrections)],
  );
  return rows.map(({ at }) => ({
    field: `corrections.${at}.subject`,
    message: `there is no ${corrections[at]?.kind === 'spelling' ? 'brand of this name' : 'product of this code'}`,
  }));
}

/** What cannot stand beside what is there and beside each other. */
function faultsBeside(held: readonly Held[], corrections: readonly NewCorrection[]): Details {
  const details: Details = [];
  const spellings = new Map(held.filter(({ kind }) => kind === 'spelling').map((one) => [one.subject, one.brand]));
  const seen = new Set<string>();
  corrections.forEach(({ kind, subject, brand }, at) => {
    const fault = (field: string, message: string): void =>
      void details.push({ field: `corrections.${at}.${field}`, message });
    const key = `${kind} ${subject}`;
    const before = held.find((one) => one.kind === kind && one.subject === subject);
    if (seen.has(key)) fault('subject', 'is there twice');
    else if (before && before.state !== 'draft')
      fault('subject', `counts as "${before.brand}" already; undo that correction first`);
    else if (kind === 'spelling' && (subject === brand || endOf(spellings, brand) === subject))
      fault('brand', subject === brand ? 'must be another name' : `counts as "${subject}" itself`);
    seen.add(key);
    if (kind === 'spelling') spellings.set(subject, brand);
  });
  return details;
}
