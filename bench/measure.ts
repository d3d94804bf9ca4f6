import { join } from 'node:path';
import { answerWorkspace } from '@/lib/cache/workspace';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { refreshRollups } from '@/lib/rollups/refresh';
import { verifyRollups } from '@/lib/rollups/verify';
import { Fault } from '../scripts/fault';
import { copyLines } from './copy';
import { load, type Loaded, type Taken } from './load';
import { printMachine } from './machine';
import { pageQueries } from './pages';
import { compareQueries } from './queries';
import { printSizes } from './sizes';
import { printTable } from './table';

interface Run {
  files: string;
  lines: number;
  repeat: number;
  reuse: boolean;
  embedded: boolean;
}

/** Measures, prints, and answers whether rollups and lines agree. */
export async function measure({ files, lines, repeat, reuse, embedded }: Run): Promise<boolean> {
  const slug = `bench-${lines}`;
  try {
    await printMachine(embedded);
    let workspaceId = reuse ? await find(slug) : 0;
    if (!reuse) {
      const made = await load(slug, files);
      workspaceId = made.workspaceId;
      printImport(made.loaded, await copyLines(workspaceId, join(files, 'lines.copy')));
    }
    const { data: detail } = await answerWorkspace({ id: workspaceId, slug, name: slug, role: 'viewer' });
    const same = await compareQueries(workspaceId, await pageQueries(workspaceId, detail), repeat);
    await printSizes();
    const proven = await printRollups(workspaceId, detail.to ?? '');
    return same && proven;
  } finally {
    await Promise.all([db.$disconnect(), loadPool.end()]);
  }
}

async function find(slug: string): Promise<number> {
  const found = await db.workspace.findUnique({ where: { slug }, select: { id: true } });
  if (!found) throw new Fault(`Nothing of this size was loaded. Run it without --reuse first.`);
  return found.id;
}

/** How long each stage of an import took, and what for. */
export function printImport({ rows, stages, spent, peak }: Loaded, copy: Taken): void {
  const all = stages.reduce(
    (sum, [, one]) => ({ seconds: sum.seconds + one.seconds, processor: sum.processor + one.processor }),
    { seconds: 0, processor: 0 },
  );
  const told = ({ seconds, processor }: Taken): number[] => [seconds, processor, Math.round(rows / seconds)];
  printTable(
    `Import of ${rows.toLocaleString('en')} lines, from file to published`,
    ['stage', 'seconds', 'of a processor', 'rows/s', 'MB of the process'],
    [
      ...stages.map(([stage, one]) => [stage, ...told(one), one.held]),
      ['all together', ...told(all), null],
      ['bare COPY of the same lines', ...told(copy), null],
      ['ratio', all.seconds / copy.seconds, all.processor / copy.processor, null, null],
    ],
  );
  const dearest = [...spent].sort(([, a], [, b]) => b - a).slice(0, 24);
  printTable('Where PostgreSQL spent it: statements by what they write', ['statement', 'seconds'], dearest);
  if (!peak) return console.log('\nPeak memory: the processes of PostgreSQL cannot be seen from here.');
  printTable(
    'Peak memory, MB',
    ['process', 'resident', 'without shared buffers'],
    [
      ['node', peak.node.resident, peak.node.own],
      ['PostgreSQL backends', peak.postgres.resident, peak.postgres.own],
      ['together, at one moment', peak.together.resident, peak.together.own],
    ],
  );
}

async function printRollups(workspaceId: number, day: string): Promise<boolean> {
  const client = await loadPool.connect();
  const started = performance.now();
  try {
    await client.query('BEGIN');
    await refreshRollups(client, workspaceId, [day]);
  } finally {
    // Nothing changed; and what the refresh wrote need not stay.
    await client.query('ROLLBACK');
    client.release();
  }
  const refreshed = performance.now();
  const check = await verifyRollups(workspaceId);
  const verified = performance.now();
  const compared = check.checks.reduce((sum, one) => sum + one.compared, 0);
  printTable(
    'Rollups',
    ['what', 'seconds', 'result'],
    [
      [`refresh of one touched day (${day})`, (refreshed - started) / 1000, null],
      [
        'verify: rollups = lines',
        (verified - refreshed) / 1000,
        `${compared.toLocaleString('en')} compared, ${check.ok ? 'all equal' : 'DIFFERENT'}`,
      ],
    ],
  );
  for (const { name, differences } of check.checks)
    for (const difference of differences) console.log(`${name}: ${difference}`);
  return check.ok === true;
}
