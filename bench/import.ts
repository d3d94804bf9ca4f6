import { Fault, main } from '../scripts/fault';
import { readOptions } from '../scripts/options';
import { filesOf, measured } from './database';

// npm run bench:import [-- --lines N]: from file to published beside a bare COPY of the same rows, at two sizes in one run.
// Ends with 1 where a target is missed.

const usage = `npm run bench:import [-- OPTIONS]
  --lines N            about how many lines to generate; a tenth of them is loaded first (default: 10000000)
  --database-url URL   a PostgreSQL of your own; its database is emptied (default: the embedded one)`;

const options = { lines: { type: 'string', default: '10000000' }, 'database-url': { type: 'string' } } as const;

void main(async () => {
  const { lines: asked, 'database-url': given } = readOptions(usage, { options }).values;
  const lines = Number(asked);
  if (!(Number.isInteger(lines) && lines >= 10_000))
    throw new Fault(`--lines wants a number from 10000, not "${asked}".`);
  const sizes = [Math.round(lines / 10), lines];
  await measured({ database: 'brandlens_bench', given, sizes }, async (_, embedded) => {
    const { measureImports } = await import('./imports');
    return measureImports(
      sizes.map((size) => ({ lines: size, files: filesOf(size) })),
      embedded,
    );
  });
});
