import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { from, to } from 'pg-copy-streams';
import { loadPool } from '@/lib/db/pool';
import { env } from '@/lib/env';
import type { Taken } from './load';
import { watchProcesses } from './memory';

/** What PostgreSQL takes for a bare COPY of the published lines into a table like theirs: primary key, no other index. */
export async function copyLines(workspaceId: number, file: string): Promise<Taken> {
  const client = await loadPool.connect();
  try {
    await client.query('DROP TABLE IF EXISTS bench_line');
    await client.query(
      `CREATE TABLE bench_line (LIKE sale_line INCLUDING DEFAULTS INCLUDING CONSTRAINTS,
                                PRIMARY KEY (workspace_id, import_id, row_no))`,
    );
    await pipeline(
      client.query(to(`COPY (SELECT * FROM sale_line WHERE workspace_id = ${workspaceId}) TO STDOUT`)),
      createWriteStream(file),
    );
    const watch = await watchProcesses(env.DATABASE_URL);
    const [started, used] = [performance.now(), watch.processor()];
    await pipeline(
      createReadStream(file, { highWaterMark: 1 << 20 }),
      client.query(from('COPY bench_line FROM STDIN')),
    );
    const taken = { seconds: (performance.now() - started) / 1000, processor: watch.processor() - used };
    await watch.stop();
    return taken;
  } finally {
    await client.query('DROP TABLE IF EXISTS bench_line');
    client.release();
    rmSync(file, { force: true });
  }
}
