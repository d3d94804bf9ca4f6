import { createReadStream } from 'node:fs';
import { basename, join } from 'node:path';
import { createWorkspace } from '@/lib/access/create-workspace';
import type { ImportKind } from '@/lib/contract/imports';
import { loadPool } from '@/lib/db/pool';
import { env } from '@/lib/env';
import { checkFile } from '@/lib/ingest/check';
import { publish } from '@/lib/ingest/publish';
import { readImport } from '@/lib/ingest/read';
import { receiveFile } from '@/lib/ingest/receive';
import { Fault } from '../scripts/fault';
import { watchProcesses, type Peaks } from './memory';
import { timeStatements, type Spent } from './statements';

/** Seconds on the clock, and of a processor: the machine may have other work. */
export interface Taken {
  seconds: number;
  processor: number;
}

export interface Stage extends Taken {
  /** The most megabytes that this process held. */
  held: number;
}

export interface Loaded {
  rows: number;
  /** Each stage, in order. */
  stages: [string, Stage][];
  spent: Spent;
  peak: Peaks | null;
}

/** What comes after the numbers are there for all to see. */
export const TIDYING = 'afterwards: vacuum';

const stageNames: Record<string, string> = {
  reading: 'check: read, validate, stage',
  counting: 'check: count what is new',
  members: 'publish: products, stores, shoppers',
  lines: 'publish: lines and baskets',
  rollups: 'publish: rollups',
};

/** An empty database, and the generated files loaded into it as the product loads them. */
export async function load(slug: string, folder: string): Promise<{ workspaceId: number; loaded: Loaded }> {
  const { rows } = await loadPool.query<{ tables: string }>(
    `SELECT string_agg(quote_ident(tablename), ', ') AS tables FROM pg_tables
     WHERE schemaname = current_schema() AND tablename <> '_prisma_migrations'`,
  );
  await loadPool.query(`TRUNCATE ${rows[0]?.tables}`);
  const workspaceId = await createWorkspace({ name: 'Bench', slug, currency: 'EUR' });
  await loadFile(workspaceId, 'products', join(folder, 'products.csv'));
  await loadFile(workspaceId, 'stores', join(folder, 'stores.csv'));
  return { workspaceId, loaded: await loadFile(workspaceId, 'transactions', join(folder, 'transactions.csv.gz')) };
}

/** Takes one file the whole way, from file to published. */
export async function loadFile(workspaceId: number, kind: ImportKind, file: string): Promise<Loaded> {
  const watch = await watchProcesses(env.DATABASE_URL);
  const { spent, stop } = timeStatements();
  const stages = new Map<string, Stage>();
  let stage = 'receive the file';
  let [since, used] = [performance.now(), watch.processor()];
  const enter = (next: string): void => {
    if (next === stage) return;
    const { seconds, processor, held } = stages.get(stage) ?? { seconds: 0, processor: 0, held: 0 };
    const [now, usedNow] = [performance.now(), watch.processor()];
    stages.set(stage, {
      seconds: seconds + (now - since) / 1000,
      processor: processor + usedNow - used,
      held: Math.max(held, watch.held()),
    });
    [stage, since, used] = [next, now, usedNow];
  };
  const onProgress = ({ stage: next }: { stage: string }): void => enter(stageNames[next] ?? next);

  const body = createReadStream(file);
  const importId = await receiveFile({ workspaceId, userId: null, fileName: basename(file), kind, body });
  const { mapping } = await readImport(workspaceId, importId);
  if (!mapping) throw new Fault(`Nothing could be understood of ${file}.`);
  enter('check: read, validate, stage');
  await checkFile({ workspaceId, importId, kind, mapping: { ...mapping, negatives: 'returns' }, onProgress });
  const { state, rowsAccepted, error } = await readImport(workspaceId, importId);
  if (state !== 'validated') throw new Fault(`${file} did not pass the check: ${error}`);
  enter('publish: begin');
  const onChanged = (): void => enter(TIDYING);
  await publish({ workspaceId, importId, userId: null, onProgress, onChanged });
  enter('');
  stop();
  return { rows: rowsAccepted ?? 0, stages: [...stages], spent, peak: await watch.stop() };
}
