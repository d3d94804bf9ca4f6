import { Fault, main } from '../scripts/fault';
import { readOptions } from '../scripts/options';
import { filesOf, measured } from './database';

// npm run bench [-- --lines N --database-url URL --repeat N --reuse]: how fast pages and imports are on this machine, and
// whether the rollups answer as the lines do. Ends with 1 where an answer differs.

const usage = `npm run bench [-- OPTIONS]
  --lines N            about how many lines to generate (default: 1000000)
  --database-url URL   a PostgreSQL of your own; its database is emptied unless --reuse (default: the embedded one)
  --repeat N           how often each query runs; the median counts (default: 5)
  --reuse              measure queries and sizes on what the last run loaded; the import is not measured then`;

const options = {
  lines: { type: 'string', default: '1000000' },
  'database-url': { type: 'string' },
  repeat: { type: 'string', default: '5' },
  reuse: { type: 'boolean', default: false },
} as const;

void main(async () => {
  const { lines: asked, repeat: times, reuse, 'database-url': given } = readOptions(usage, { options }).values;
  const lines = Number(asked);
  const repeat = Number(times);
  if (!(Number.isInteger(lines) && lines >= 1_000))
    throw new Fault(`--lines wants a number from 1000, not "${asked}".`);
  if (!(Number.isInteger(repeat) && repeat >= 1)) throw new Fault(`--repeat wants a number from 1, not "${times}".`);

  await measured({ database: 'brandlens_bench', given, sizes: reuse ? [] : [lines] }, async (_, embedded) => {
    const { measure } = await import('./measure');
    return measure({ files: filesOf(lines), lines, repeat, reuse, embedded });
  });
});
