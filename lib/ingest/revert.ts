import 'server-only';
import { recordAudit } from '@/lib/audit/record';
import { passes } from '@/lib/db/fault';
import { rollupTables } from '@/lib/rollups/levels';
import { analyze, changingBy, vacuum } from './changing';
import { unlessCancelled, type Change } from './publish';
import { refreshDays } from './refresh-days';
import { bringBack } from './replace';
import { openRestatement, recordRestatement } from './restate';
import { settleShoppers, settleStores } from './settle-places';
import { settleProducts } from './settle-products';
import { removeOrphans, settleWorkspace } from './settle-workspace';
import { moveState, moveVersion, sentenceOf, setBack, stateOf, Stopped } from './state';
import { idOf, movedDays, openTouched, type MemberTable, type Subject } from './touched';

/**
 * Takes a published import out again, in any order: every number is then as if it had never been loaded. Members are
 * what the remaining imports say of them; those that only this one brought go. Shopper numbers are never used again.
 */
export async function revert(change: Change): Promise<void> {
  const { workspaceId, importId } = change;
  const now = await stateOf(workspaceId, importId);
  if (now === 'reverted' || (change.asked && now !== 'reverting')) return;
  await moveState(change, ['published'], 'reverting');
  try {
    await changingBy(change, 'reverting', (client) => apply({ client, workspaceId, importId }, change));
  } catch (error) {
    if (error instanceof Stopped) return;
    // Its job is made again.
    if (passes(error)) throw error;
    const reason = sentenceOf(error, 'Reverting broke off. Nothing was changed; try again.');
    await setBack(change, 'reverting', 'published', reason).catch(() => undefined);
    throw error;
  }
  change.onChanged?.();
  await vacuum();
}

async function apply(subject: Subject, change: Change): Promise<void> {
  const { client, workspaceId, importId } = subject;
  const { userId } = change;
  const onProgress = unlessCancelled(change, 'reverting');
  const key = [workspaceId, importId];
  const state = await stateOf(workspaceId, importId, client);
  if (state === 'reverted') return;
  if (state !== 'reverting') throw new Stopped('conflict', `Import ${importId} is ${state}; it cannot be reverted.`);

  await onProgress({ stage: 'lines', done: 0, total: null });
  const { rows } = await client.query<{ day: string }>(
    'SELECT DISTINCT date::text AS day FROM sale_line WHERE workspace_id = $1 AND import_id = $2',
    key,
  );
  const days = new Set(rows.map(({ day }) => day));
  await openTouched(subject);
  for (const member of ['product', 'store', 'shopper'] as const) await touchNamed(subject, member);
  await client.query(
    `CREATE TEMP TABLE left_basket ON COMMIT DROP AS
     SELECT basket_id AS id FROM sale_line WHERE workspace_id = ${workspaceId} AND import_id = ${importId} AND basket_id IS NOT NULL
     UNION
     SELECT basket_id FROM replaced_line WHERE workspace_id = ${workspaceId} AND import_id = ${importId} AND basket_id IS NOT NULL`,
  );
  await client.query('ANALYZE left_basket');
  const { rowCount: lines } = await client.query(
    'DELETE FROM sale_line WHERE workspace_id = $1 AND import_id = $2',
    key,
  );
  for (const table of ['replaced_line', 'import_replacement'])
    await client.query(`DELETE FROM ${table} WHERE workspace_id = $1 AND import_id = $2`, key);
  for (const day of await bringBack(subject)) days.add(day);
  await client.query(
    `DELETE FROM basket b USING left_basket t WHERE b.workspace_id = $1 AND b.id = t.id
       AND NOT EXISTS (SELECT FROM sale_line l WHERE l.workspace_id = $1 AND l.basket_id = b.id)
       AND NOT EXISTS (SELECT FROM replaced_line l WHERE l.workspace_id = $1 AND l.basket_id = b.id)`,
    [workspaceId],
  );

  await onProgress({ stage: 'members', done: 0, total: null });
  await client.query('DELETE FROM member_claim WHERE workspace_id = $1 AND import_id = $2', key);
  for (const member of ['product', 'store', 'shopper'] as const) await removeUnnamed(subject, member);
  await settleProducts(subject);
  await settleStores(subject);
  await settleShoppers(subject);
  for (const day of await movedDays(subject)) days.add(day);
  // A file without lines moves those of others from brand to brand.
  const brands = lines === 0 ? 'touched' : 'parts';
  await openRestatement(subject, brands);
  await removeOrphans(subject);
  await settleWorkspace(subject);
  await refreshDays(subject, [...days], { onProgress });
  await analyze(client, ['sale_line', 'basket', ...rollupTables.map(({ table }) => table)]);
  await moveVersion(subject);
  await recordRestatement(subject, { cause: 'revert', userId, brands });
  const { rowCount } = await client.query(
    `UPDATE import SET state = 'reverted', reverted_at = now(), reverted_by = $3, error = NULL, progress = NULL
     WHERE workspace_id = $1 AND id = $2 AND state = 'reverting'`,
    [...key, userId],
  );
  if (!rowCount) throw new Stopped('conflict', `Import ${importId} was cancelled while it was reverted.`);
  const detail = { lines: lines ?? 0, days: days.size };
  await recordAudit(client, { workspaceId, userId, action: 'import.revert', subject: `import ${importId}`, detail });
}

const lineColumn: Record<MemberTable, string> = { product: 'product_id', store: 'store_id', shopper: 'shopper_no' };

/** The members that the import's lines or claims name. */
async function touchNamed({ client, workspaceId, importId }: Subject, member: MemberTable): Promise<void> {
  const column = lineColumn[member];
  await client.query(
    `INSERT INTO touched_${member} (code, id, fresh)
     SELECT m.code, m.${idOf[member]}, false FROM ${member} m
     WHERE m.workspace_id = ${workspaceId} AND m.${idOf[member]} IN (
       SELECT ${column} FROM sale_line WHERE workspace_id = ${workspaceId} AND import_id = ${importId} AND ${column} IS NOT NULL
       UNION SELECT ${column} FROM replaced_line WHERE workspace_id = ${workspaceId} AND import_id = ${importId} AND ${column} IS NOT NULL
       UNION SELECT member_id FROM member_claim WHERE workspace_id = ${workspaceId} AND import_id = ${importId} AND member = '${member}')`,
  );
  await client.query(`ANALYZE touched_${member}`);
}

/** Removes the touched members that an import brought and that no line and no claim names any more. */
async function removeUnnamed({ client, workspaceId }: Subject, member: MemberTable): Promise<void> {
  const id = idOf[member];
  await client.query(
    `WITH removed AS (
       DELETE FROM ${member} m USING touched_${member} t
       WHERE m.workspace_id = ${workspaceId} AND m.${id} = t.id AND m.import_id IS NOT NULL
         AND NOT EXISTS (SELECT FROM sale_line l WHERE l.workspace_id = ${workspaceId} AND l.${lineColumn[member]} = t.id)
         AND NOT EXISTS (SELECT FROM replaced_line l WHERE l.workspace_id = ${workspaceId} AND l.${lineColumn[member]} = t.id)
         AND NOT EXISTS (SELECT FROM member_claim c WHERE c.workspace_id = ${workspaceId} AND c.member = '${member}' AND c.member_id = t.id)
       RETURNING m.${id} AS id, m.code), untouched AS (
       DELETE FROM touched_${member} t USING removed WHERE t.id = removed.id)
     INSERT INTO kept_id (workspace_id, member, name, id)
     SELECT ${workspaceId}, '${member}', code, id FROM removed WHERE '${member}' <> 'shopper'
     ON CONFLICT (workspace_id, member, name) DO UPDATE SET id = excluded.id`,
  );
}
