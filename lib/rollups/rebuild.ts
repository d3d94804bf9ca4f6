import 'server-only';
import { loadPool } from '@/lib/db/pool';
import { rollupTables } from './levels';
import { refreshRollups } from './refresh';

/** Makes all rollups of the workspace anew from its lines, in one transaction; readers see the old ones until it commits. */
export async function rebuildRollups(workspaceId: number): Promise<void> {
  const client = await loadPool.connect();
  try {
    await client.query('BEGIN');
    // Publish and revert hold this row too: they are kept out while the lines are read.
    await client.query('SELECT 1 FROM workspace WHERE id = $1 FOR NO KEY UPDATE', [workspaceId]);
    for (const { table } of rollupTables)
      await client.query(`DELETE FROM ${table} WHERE workspace_id = $1`, [workspaceId]);
    const { rows } = await client.query<{ day: string }>(
      'SELECT DISTINCT date::text AS day FROM sale_line WHERE workspace_id = $1',
      [workspaceId],
    );
    await refreshRollups(
      client,
      workspaceId,
      rows.map(({ day }) => day),
    );
    await client.query('UPDATE workspace SET data_version = data_version + 1, data_changed_at = now() WHERE id = $1', [
      workspaceId,
    ]);
    await client.query(`ANALYZE ${rollupTables.map(({ table }) => table).join(', ')}`);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
  // Index-only scans need the visibility map; VACUUM cannot run in a transaction.
  for (const { table } of rollupTables) await loadPool.query(`VACUUM ${table}`);
}
