import 'server-only';
import { recordAudit } from '@/lib/audit/record';
import { rollupTables } from '@/lib/rollups/levels';
import { analyze, changing, vacuum } from '@/lib/ingest/changing';
import { claimStanding } from '@/lib/ingest/claim';
import { refreshDays } from '@/lib/ingest/refresh-days';
import { openRestatement, recordRestatement } from '@/lib/ingest/restate';
import { settleProducts } from '@/lib/ingest/settle-products';
import { removeOrphans } from '@/lib/ingest/settle-workspace';
import { moveVersion } from '@/lib/ingest/state';
import { movedDays, openTouched, type Subject } from '@/lib/ingest/touched';
import { endOf } from './spelling';

/** In place of an import: brings what corrections bring, and takes it along when nothing stands on it any more. */
const NO_IMPORT = 0;

interface Row {
  id: number;
  kind: 'spelling' | 'product';
  subject: string;
  brand: string;
  state: 'applying' | 'applied' | 'undoing';
}

interface Change {
  workspaceId: number;
  userId: string | null;
  onChanged?: () => void;
}

/**
 * Applies what is to be applied and undoes what is to be undone, in one change. Claims keep what the files say, and brands
 * follow from claims and corrections alone: so it is the same in whatever order corrections come and go.
 */
export async function settleCorrections(change: Change): Promise<void> {
  const { workspaceId, onChanged } = change;
  const changed = await changing(workspaceId, (client) =>
    settle({ client, workspaceId, importId: NO_IMPORT }, change.userId),
  );
  if (!changed) return;
  onChanged?.();
  await vacuum();
}

async function settle(subject: Subject, userId: string | null): Promise<boolean> {
  const { client, workspaceId } = subject;
  const { rows } = await client.query<Row>(
    `SELECT id, kind, subject, brand, state FROM correction
     WHERE workspace_id = $1 AND state IN ('applying', 'applied', 'undoing') ORDER BY id FOR UPDATE`,
    [workspaceId],
  );
  const moving = rows.filter(({ state }) => state !== 'applied');
  if (moving.length === 0) return false;
  await openTouched(subject);
  await client.query(
    `INSERT INTO touched_product (code, id, fresh)
     SELECT p.code, p.id, false FROM product p JOIN brand b ON b.workspace_id = p.workspace_id AND b.id = p.brand_id
     WHERE p.workspace_id = $1 AND (b.name = ANY($2) OR p.code = ANY($3))`,
    [workspaceId, brandsMoving(rows), moving.filter(({ kind }) => kind === 'product').map((one) => one.subject)],
  );
  await client.query('ANALYZE touched_product');
  await claimStanding(subject, 'product');
  await client.query(
    `UPDATE correction SET
       state = CASE state WHEN 'applying' THEN 'applied' ELSE 'undone' END,
       applied_at = CASE state WHEN 'applying' THEN now() ELSE applied_at END,
       undone_at = CASE state WHEN 'undoing' THEN now() END
     WHERE workspace_id = $1 AND state IN ('applying', 'undoing')`,
    [workspaceId],
  );
  await settleProducts(subject);
  const days = await movedDays(subject);
  await openRestatement(subject, 'touched');
  await removeOrphans(subject);
  await refreshDays(subject, days);
  await analyze(
    client,
    rollupTables.map(({ table }) => table),
  );
  await moveVersion(subject);
  await recordRestatement(subject, { cause: 'correction', userId, reason: reasonOf(moving), brands: 'touched' });
  for (const [state, verb] of [
    ['applying', 'apply'],
    ['undoing', 'undo'],
  ] as const)
    for (const one of moving.filter((each) => each.state === state))
      await recordAudit(client, {
        workspaceId,
        userId,
        action: `correction.${verb}`,
        subject: `correction ${one.id}`,
        detail: { kind: one.kind, subject: one.subject, brand: one.brand },
      });
  return true;
}

const MOST_NAMED = 3;

/** "COCA COLA counts as Coca-Cola" */
function reasonOf(moving: Row[]): string {
  const named = moving
    .slice(0, MOST_NAMED)
    .map(({ kind, subject, brand, state }) => {
      const what = kind === 'product' ? `product ${subject}` : subject;
      return `${what} counts as ${brand}${state === 'undoing' ? ' no more' : ''}`;
    })
    .join(', ');
  const more = moving.length - MOST_NAMED;
  return more > 0 ? `${named}, and ${more} more` : named;
}

/** The brands, by their names of before, whose products are about to belong elsewhere. */
function brandsMoving(rows: Row[]): string[] {
  const namesBy = (...states: Row['state'][]) =>
    new Map(
      rows
        .filter(({ kind, state }) => kind === 'spelling' && states.includes(state))
        .map((row) => [row.subject, row.brand]),
    );
  const [before, after] = [namesBy('applied', 'undoing'), namesBy('applied', 'applying')];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => endOf(before, name) !== endOf(after, name))
    .map((name) => endOf(before, name));
}
