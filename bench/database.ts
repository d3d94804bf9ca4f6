import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bringUpToDate } from '../scripts/database/bring-up-to-date';
import { dataHome } from '../scripts/postgres/folder';
import { startPostgres } from '../scripts/postgres/start';
import { step } from '../scripts/steps';
import { generate } from './generate';

interface Wanted {
  /** Beside the database of the product, never in it. */
  database: string;
  /** Another PostgreSQL than the embedded one. */
  given?: string | undefined;
  /** Sizes of generated data that are needed. */
  sizes: readonly number[];
}

/** Where the generated files of a size are. */
export const filesOf = (lines: number): string => join(dataHome(), 'bench', String(lines));

/** Runs a measurement on a migrated database of its own, with generated data at hand; it answers whether all was as it must be. */
export async function measured(
  { database, given, sizes }: Wanted,
  run: (home: string, embedded: boolean) => Promise<boolean>,
): Promise<void> {
  const home = join(dataHome(), 'bench');
  mkdirSync(home, { recursive: true });
  const server = given ? null : await startPostgres();
  try {
    const url = new URL(given ?? server?.url ?? '');
    if (!given) url.pathname = `/${database}`;
    await bringUpToDate(url.href);
    for (const lines of sizes)
      if (!existsSync(join(filesOf(lines), 'truth.json')))
        await step(`Generate ${lines.toLocaleString('en')} lines`, () => generate(lines, filesOf(lines)));
    // What reads the settings is imported only by what runs now.
    Object.assign(process.env, {
      DATABASE_URL: url.href,
      DATABASE_STATEMENT_TIMEOUT: '600000',
      DATA_DIR: join(home, 'files'),
      LOG_LEVEL: 'warn',
    });
    if (!(await run(home, server !== null))) process.exitCode = 1;
  } finally {
    server?.stop();
  }
}
