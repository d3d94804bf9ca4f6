import { loadPool } from '@/lib/db/pool';
import { Fault } from './fault';
import { readOptions } from './options';

/** The workspace that --workspace names by its slug; without it, all of them. */
export async function namedWorkspaces(command: string): Promise<{ id: number; slug: string }[]> {
  const { values } = readOptions(`npm run ${command} -- [--workspace SLUG]   (default: all workspaces)`, {
    options: { workspace: { type: 'string' } },
  });
  const { rows } = await loadPool.query<{ id: number; slug: string }>(
    'SELECT id, slug FROM workspace WHERE $1::text IS NULL OR slug = $1 ORDER BY id',
    [values.workspace ?? null],
  );
  if (values.workspace !== undefined && rows.length === 0) {
    throw new Fault(`There is no workspace "${values.workspace}".`);
  }
  return rows;
}
