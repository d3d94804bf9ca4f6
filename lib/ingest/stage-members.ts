import 'server-only';
import { createHash } from 'node:crypto';
import { copyInto, cell } from './copy';
import type { Staging } from './checkpoint';
import type { MemberRow } from './read-member';
import type { WarningRule } from './row';

/** A row of a product or store file that is sound by itself: another one may have its code. */
export interface ReadMember extends MemberRow {
  row: number;
  raw: string;
  warned: readonly WarningRule[];
}

/** A row whose code an earlier one has, which counts. */
export interface Repeated {
  row: number;
  first: number;
  /** Says the same, to the letter. */
  same: boolean;
}

/**
 * Stages these rows of a file in the transaction at hand; answers those that are not, by row, as an earlier row has their code.
 * The table knows all codes so far, so that nothing here grows with the file.
 */
export async function stageMembers(
  { client, workspaceId, importId }: Staging,
  members: readonly ReadMember[],
): Promise<Map<number, Repeated>> {
  await client.query(
    `CREATE TEMP TABLE IF NOT EXISTS read_member (row_no int, code text, fields jsonb, raw_hash uuid) ON COMMIT DELETE ROWS`,
  );
  const text = members.map(
    ({ row, code, fields, raw }) => `${row}\t${cell(code)}\t${cell(JSON.stringify(fields))}\t${hashOf(raw)}\n`,
  );
  await copyInto(client, 'read_member (row_no, code, fields, raw_hash)', Buffer.from(text.join('')));
  await client.query(
    `INSERT INTO staged_member (workspace_id, import_id, row_no, code, fields, raw_hash)
     SELECT $1, $2, row_no, code, fields, raw_hash FROM read_member ORDER BY row_no
     ON CONFLICT (workspace_id, import_id, code) DO NOTHING`,
    [workspaceId, importId],
  );
  const { rows } = await client.query<Repeated>(
    `SELECT r.row_no AS row, s.row_no AS first, r.raw_hash = s.raw_hash AS same
     FROM read_member r JOIN staged_member s ON s.workspace_id = $1 AND s.import_id = $2 AND s.code = r.code
     WHERE s.row_no <> r.row_no`,
    [workspaceId, importId],
  );
  return new Map(rows.map((repeated) => [repeated.row, repeated]));
}

const hashOf = (raw: string): string => createHash('md5').update(raw).digest('hex');
