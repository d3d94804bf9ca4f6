import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { loadPool } from '@/lib/db/pool';

const git = (...args: string[]): string => spawnSync('git', args, { encoding: 'utf8' }).stdout?.trim() ?? '';

/** Where and when the numbers below were measured. */
export async function printMachine(embedded: boolean): Promise<void> {
  const { rows } = await loadPool.query<{ version: string; memory: string; buffers: string; fsync: string }>(
    `SELECT current_setting('server_version') AS version, current_setting('work_mem') AS memory,
            current_setting('shared_buffers') AS buffers, current_setting('fsync') AS fsync`,
  );
  const server = rows[0];
  const changed = git('status', '--porcelain', '--untracked-files=no') ? ', with changes' : '';
  console.log(`
Date        ${new Date().toISOString()}
Commit      ${git('rev-parse', '--short', 'HEAD') || 'none'}${changed}
Machine     ${availableParallelism()} cores (${cpus()[0]?.model.trim() || 'unknown'}), ${(totalmem() / 1024 ** 3).toFixed(1)} GB, load ${loadavg()[0]?.toFixed(1)} at the start
Node        ${process.versions.node}
PostgreSQL  ${server?.version} (${embedded ? 'embedded' : 'given'}), shared_buffers ${server?.buffers}, work_mem ${server?.memory}, fsync ${server?.fsync}`);
}
