import { Fault, main } from '../../scripts/fault';
import { readOptions } from '../../scripts/options';
import { measured } from '../database';

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

  await measured({ database: 'brandlens_questions', sizes: reuse ? [] : [lines] }, async (home) => {
    const { askAll } = await import('./ask');
    return askAll({ home, lines, seed, repeat, limit, queries, reuse, only: only?.split(',') ?? null });
  });
});
