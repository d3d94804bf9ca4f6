import 'server-only';
import { byNobody, type AuditEntry, type AuditFilters } from '@/lib/contract/audit';
import { csvCell } from '@/lib/contract/csv';
import { db, sql, type Prisma } from '@/lib/db/client';
import { readCursor, writeCursor } from '@/lib/dimensions/cursor';

type Row = Omit<AuditEntry, 'at'> & { at: Date };

/** What somebody is called who stands as `user_id` in a row `e`; the audit keeps the name that a key had. */
const name = sql.sql`coalesce(
  (SELECT coalesce(nullif(u.name, ''), u.email) FROM "user" u WHERE u.id = e.user_id),
  (SELECT k.name FROM api_key k WHERE k.workspace_id = e.workspace_id AND 'key:' || k.id = e.user_id),
  (SELECT c.name FROM connector c WHERE c.workspace_id = e.workspace_id AND 'connector:' || c.id = e.user_id),
  CASE WHEN e.user_id IS NULL THEN 'Command line or schedule'
       WHEN e.user_id LIKE 'connector:%' THEN 'A connector that is deleted'
       WHEN e.user_id LIKE 'key:%' THEN 'A key' ELSE 'Somebody whose account is gone' END)`;

/** The number in a subject such as "import 12". */
const numbered = (kind: string): Prisma.Sql => sql.sql`substring(e.subject FROM ${`^${kind} ([0-9]{1,9})$`})::int`;

const columns = sql.sql`
  e.id::float8 AS id, e.created_at AS at, coalesce(e.user_id, ${byNobody}) AS by, ${name} AS name, e.action, e.subject, e.detail,
  coalesce(
    e.detail->>'name', e.detail->>'file', e.detail->>'email',
    (SELECT i.file_name FROM import i WHERE i.workspace_id = e.workspace_id AND i.id = ${numbered('import')}),
    (SELECT c.name FROM connector c WHERE c.workspace_id = e.workspace_id AND c.id = ${numbered('connector')}),
    CASE WHEN e.subject LIKE 'correction %' THEN e.detail->>'subject' END
  ) AS called`;

function chosen(workspaceId: number, { by, action, from, before }: AuditFilters): Prisma.Sql {
  const conditions = [sql.sql`e.workspace_id = ${workspaceId}`];
  if (by === byNobody) conditions.push(sql.sql`e.user_id IS NULL`);
  else if (by !== undefined) conditions.push(sql.sql`e.user_id = ${by}`);
  if (action !== undefined) conditions.push(sql.sql`e.action = ${action}`);
  if (from !== undefined) conditions.push(sql.sql`e.created_at >= ${new Date(from)}`);
  if (before !== undefined) conditions.push(sql.sql`e.created_at < ${new Date(before)}`);
  return sql.join(conditions, ' AND ');
}

const readRows = (where: Prisma.Sql, after: number | undefined, limit: number): Promise<Row[]> => {
  const beyond = after === undefined ? sql.empty : sql.sql`AND e.id < ${after}`;
  return db.$queryRaw<Row[]>`
    SELECT ${columns} FROM audit_entry e WHERE ${where} ${beyond} ORDER BY e.id DESC LIMIT ${limit}`;
};

interface Listed {
  items: AuditEntry[];
  total: number;
  nextCursor: string | null;
  people: { by: string; name: string }[];
}

/** What was done in the workspace, newest first. */
export async function listAudit(
  workspaceId: number,
  { limit, cursor, ...filters }: AuditFilters & { limit: number; cursor?: string | undefined },
): Promise<Listed> {
  const where = chosen(workspaceId, filters);
  const [rows, counted, people] = await Promise.all([
    readRows(where, cursor === undefined ? undefined : readCursor(cursor)[1], limit + 1),
    db.$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total FROM audit_entry e WHERE ${where}`,
    db.$queryRaw<{ by: string; name: string }[]>`
      SELECT coalesce(e.user_id, ${byNobody}) AS by, ${name} AS name
      FROM (SELECT DISTINCT workspace_id, user_id FROM audit_entry WHERE workspace_id = ${workspaceId}) e ORDER BY name, by`,
  ]);
  const items = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, total: counted[0]?.total ?? 0, nextCursor: last ? writeCursor(['', last.id]) : null, people };
}

const CHUNK = 2_000;

/** All of it as CSV text, in pieces. */
export async function* streamAudit(workspaceId: number, filters: AuditFilters): AsyncGenerator<string> {
  yield 'at,by,name,action,subject,called,detail\r\n';
  let after: number | undefined;
  for (;;) {
    const rows = await readRows(chosen(workspaceId, filters), after, CHUNK);
    yield rows
      .map(({ at, by, name: who, action, subject, called, detail }) =>
        [at.toISOString(), by, who, action, subject, called, JSON.stringify(detail)].map(csvCell).join(','),
      )
      .map((line) => `${line}\r\n`)
      .join('');
    if (rows.length < CHUNK) return;
    after = rows.at(-1)?.id;
  }
}
