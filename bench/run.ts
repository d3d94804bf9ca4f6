import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bringUpToDate } from '../scripts/database/bring-up-to-date';
import { Fault, main } from '../scripts/fault';
import { readOptions } from '../scripts/options';
import { dataHome } from '../scripts/postgres/folder';
import { startPostgres } from '../scripts/postgres/start';
import { step } from '../scripts/steps';
import { generate } from './generate';

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

  const home = join(dataHome(), 'bench');
  mkdirSync(home, { recursive: true });
  const server = given ? null : await startPostgres();
  try {
    const url = new URL(given ?? server?.url ?? '');
    // Beside the database of the product, never in it.
    if (!given) url.pathname = '/brandlens_bench';
    await bringUpToDate(url.href);
    const files = join(home, String(lines));
    if (!reuse && !existsSync(join(files, 'truth.json')))
      await step(`Generate ${lines.toLocaleString('en')} lines`, () => generate(lines, files));
    // Before anything reads the settings: what reads them stands in the part that is imported only now.
    Object.assign(process.env, {
      DATABASE_URL: url.href,
      DATABASE_STATEMENT_TIMEOUT: '600000',
      DATA_DIR: join(home, 'files'),
      LOG_LEVEL: 'warn',
    });
    const { measure } = await import('./measure');
    const same = await measure({ files, lines, repeat, reuse, embedded: server !== null });
    if (!same) process.exitCode = 1;
  } finally {
    server?.stop();
  }
});
