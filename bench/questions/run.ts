import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bringUpToDate } from '../../scripts/database/bring-up-to-date';
import { Fault, main } from '../../scripts/fault';
import { readOptions } from '../../scripts/options';
import { dataHome } from '../../scripts/postgres/folder';
import { startPostgres } from '../../scripts/postgres/start';
import { step } from '../../scripts/steps';
import { generate } from '../generate';

// npm run bench:queries -- --seed S [--lines N] [--reuse]: fifteen questions, and as many more as are asked for, put to
// Brandlens, to SQL on the lines in the same PostgreSQL, and to DuckDB. Ends with 1 where an answer differs.

const usage = `npm run bench:queries -- [OPTIONS]
  --seed N       draws members, dates, places and further queries (default: 1)
  --lines N      about how many lines to generate (default: 1000000)
  --reuse        ask about what an earlier run loaded
  --repeat N     how often each is asked; the median counts (default: 3)
  --limit N      seconds after which SQL on the lines is given up, and counts with so much (default: 60)
  --queries N    further queries drawn from the grammar (default: 30)
  --only IDS     some questions alone: Q1,Q8,R3`;

const options = {
  seed: { type: 'string', default: '1' },
  lines: { type: 'string', default: '1000000' },
  repeat: { type: 'string', default: '3' },
  limit: { type: 'string', default: '60' },
  queries: { type: 'string', default: '30' },
  only: { type: 'string' },
  reuse: { type: 'boolean', default: false },
} as const;

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new Fault(`--${name} wants a whole number from ${least}, not "${text}".`);
}

void main(async () => {
  const { reuse, only, ...given } = readOptions(usage, { options }).values;
  const seed = whole('seed', given.seed, 0);
  const lines = whole('lines', given.lines, 1_000);
  const repeat = whole('repeat', given.repeat, 1);
  const limit = whole('limit', given.limit, 1) * 1_000;
  const queries = whole('queries', given.queries, 0);

  const home = join(dataHome(), 'bench');
  const files = join(home, String(lines));
  mkdirSync(home, { recursive: true });
  const server = await startPostgres();
  try {
    const url = new URL(server.url);
    // Beside the database of the product, never in it.
    url.pathname = '/brandlens_questions';
    await bringUpToDate(url.href);
    if (!reuse && !existsSync(join(files, 'truth.json')))
      await step(`Generate ${lines.toLocaleString('en')} lines`, () => generate(lines, files));
    // Before anything reads the settings: what reads them stands in the part that is imported only now.
    Object.assign(process.env, {
      DATABASE_URL: url.href,
      DATABASE_STATEMENT_TIMEOUT: '600000',
      DATA_DIR: join(home, 'files'),
      LOG_LEVEL: 'warn',
    });
    const { askAll } = await import('./ask');
    const same = await askAll({ home, lines, seed, repeat, limit, queries, reuse, only: only?.split(',') ?? null });
    if (!same) process.exitCode = 1;
  } finally {
    server.stop();
  }
});
