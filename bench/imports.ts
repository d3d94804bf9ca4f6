import { join } from 'node:path';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { env } from '@/lib/env';
import { copyLines } from './copy';
import { load, TIDYING, type Loaded, type Taken } from './load';
import { printMachine } from './machine';
import { printImport } from './measure';
import { printTable } from './table';

interface Measured {
  lines: number;
  loaded: Loaded;
  copy: Taken;
}

/** What is wanted of the larger size: parts of the pace of a bare COPY, and megabytes beside those that DuckDB is given. */
const wanted = { published: 0.1, staged: 0.5, memory: 512 };
/** So much more memory than at a tenth of the size is noise of the garbage collector. */
const noise = 1.1;

const secondsOf = ({ stages }: Loaded, of: (stage: string) => boolean): number =>
  stages.reduce((sum, [stage, { seconds }]) => (of(stage) ? sum + seconds : sum), 0);

const isPublishing = (stage: string): boolean => stage !== TIDYING;
const isStaging = (stage: string): boolean => stage.startsWith('receive') || stage === 'check: read, validate, stage';

const ownOf = ({ loaded: { peak } }: Measured): number | null => peak && peak.together.own;

/** Loads each size into an empty database, and answers whether all targets are reached. */
export async function measureImports(
  sizes: readonly { lines: number; files: string }[],
  embedded: boolean,
): Promise<boolean> {
  try {
    await printMachine(embedded);
    // A process that has never imported holds less: the sizes are compared in one that has, as a worker's are.
    await load('bench-first', sizes[0]!.files);
    const measured: Measured[] = [];
    for (const { lines, files } of sizes) {
      const { workspaceId, loaded } = await load(`bench-${lines}`, files);
      const copy = await copyLines(workspaceId, join(files, 'lines.copy'));
      printImport(loaded, copy);
      measured.push({ lines, loaded, copy });
    }
    return report(measured);
  } finally {
    await Promise.all([db.$disconnect(), loadPool.end()]);
  }
}

function report(measured: readonly Measured[]): boolean {
  const [small, large] = [measured[0]!, measured.at(-1)!];
  const pace = ({ loaded, copy }: Measured, of = isPublishing): number => copy.seconds / secondsOf(loaded, of);
  const [before, peak] = [ownOf(small), ownOf(large)];
  const memory = wanted.memory + Math.round(env.IMPORT_COLUMNS_MEMORY / 1024 ** 2);
  const rows: [string, number | null, string, boolean | null][] = [
    [
      'pace from file to published ÷ bare COPY',
      pace(large),
      `at least ${wanted.published}`,
      pace(large) >= wanted.published,
    ],
    [
      'pace of staging alone ÷ bare COPY',
      pace(large, isStaging),
      `at least ${wanted.staged}`,
      pace(large, isStaging) >= wanted.staged,
    ],
    ['peak memory of the process alone, MB', large.loaded.peak?.node.own ?? null, '', null],
    [
      'peak memory with PostgreSQL’s backends, without shared buffers, MB',
      peak,
      `under ${memory}`,
      peak === null ? null : peak < memory,
    ],
    [
      'the same ÷ that of a tenth of the lines',
      peak && before && peak / before,
      `at most ${noise}`,
      peak && before ? peak / before <= noise : null,
    ],
  ];
  printTable(
    `Targets at ${large.lines.toLocaleString('en')} lines`,
    ['what', 'measured', 'wanted', 'reached'],
    rows.map(([what, value, target, reached]) => [
      what,
      value === null ? null : value.toPrecision(3),
      target,
      value === null ? 'not to be seen here' : reached === null ? '' : reached ? 'yes' : 'no',
    ]),
  );
  return rows.every(([, , , reached]) => reached !== false);
}
