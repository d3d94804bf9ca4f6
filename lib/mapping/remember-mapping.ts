import 'server-only';
import type { PoolClient } from 'pg';
import { signatureOf } from './signature';
import { carryOn } from './template-fixes';

interface Row {
  kind: string;
  file_name: string;
  mapping: { dateFormat?: string };
  date_order: 'dmy' | 'mdy' | null;
  columns: string[] | null;
  fixes: unknown;
}

/** Keeps the mapping of the import that is being published for the next file with such a header. */
export async function rememberMapping({
  client,
  workspaceId,
  importId,
  userId,
}: {
  client: PoolClient;
  workspaceId: number;
  importId: number;
  userId: string | null;
}): Promise<void> {
  const { rows } = await client.query<Row>(
    `SELECT kind, file_name, mapping, fixes, report->'read'->>'dateOrder' AS date_order,
            (SELECT array_agg(c->>'name' ORDER BY at) FROM jsonb_array_elements(detected->'columns') WITH ORDINALITY e (c, at)) AS columns
     FROM import WHERE workspace_id = $1 AND id = $2 AND push_key IS NULL`,
    [workspaceId, importId],
  );
  const [row] = rows;
  if (!row?.columns) return;
  const now = row.columns;
  // The first days of a month don't tell the day from the month, whatever the files before have told.
  const learnt = row.mapping.dateFormat === 'auto' && row.date_order ? { dayOrder: row.date_order } : {};
  const signature = signatureOf(now);
  const { rows: known } = await client.query<{ columns: string[] }>(
    'SELECT columns FROM mapping_template WHERE workspace_id = $1 AND signature = $2',
    [workspaceId, signature],
  );
  const { rows: kept } = await client.query<{ id: number }>(
    `INSERT INTO mapping_template (workspace_id, signature, name, kind, columns, mapping, file_name)
     VALUES ($1, $2, $4, $3, $5, $6, $4)
     ON CONFLICT (workspace_id, signature) DO UPDATE
     SET kind = excluded.kind, columns = excluded.columns, mapping = excluded.mapping, file_name = excluded.file_name, used_at = now()
     RETURNING id`,
    [workspaceId, signature, row.kind, row.file_name, now, JSON.stringify({ ...row.mapping, ...learnt })],
  );
  const columns = { before: known[0]?.columns ?? now, now };
  await carryOn({ client, workspaceId, userId, template: kept[0]!.id, columns, fixes: row.fixes });
}
