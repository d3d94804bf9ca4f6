import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statfsSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Fault } from '../fault';
import { canEnter, type Account } from './account';

/** Where everything is kept that is not in the repository: BRANDLENS_DATA, else ./data. */
export const dataHome = (): string => resolve(process.env.BRANDLENS_DATA || 'data');

/** For what the server's account must enter when the checkout lies under a closed folder such as /root. */
const openHome = '/var/lib/brandlens';

export interface Place {
  /** The cluster: PostgreSQL's own data folder. */
  cluster: string;
  /** Where the programs are copied to when they can't be run where they were installed. */
  elsewhere: string;
  /** Said to the user when the place is not the usual one. */
  note: string | null;
}

/** Decides where the database lives: beside the other data unless the server's account may not go there. */
export function choosePlace(home: string, account: Account | null): Place {
  mkdirSync(home, { recursive: true });
  if (canEnter(home, account)) return { cluster: join(home, 'postgres'), elsewhere: openHome, note: null };
  const key = createHash('sha256').update(home).digest('hex').slice(0, 8);
  const open = join(openHome, `${basename(resolve(home, '..'))}-${key}`);
  mkdirSync(open, { recursive: true, mode: 0o755 });
  if (!canEnter(open, account)) {
    throw new Fault(
      `PostgreSQL runs as the user "${account?.name}", who may enter neither ${home} nor ${open}. Name a folder that is open to it in BRANDLENS_DATA.`,
    );
  }
  const note = `The user "${account?.name}", whom PostgreSQL runs as, may not enter ${home}; the database is kept in ${open} instead.`;
  return { cluster: join(open, 'postgres'), elsewhere: openHome, note };
}

export interface State {
  port: number;
  password: string;
  /** The process that started the server; when it is gone, the next start takes the server over. */
  owner?: number;
}

const stateFile = (cluster: string): string => join(cluster, 'brandlens.json');

export function readState(cluster: string): State {
  return JSON.parse(readFileSync(stateFile(cluster), 'utf8')) as State;
}

export function writeState(cluster: string, state: State): void {
  writeFileSync(stateFile(cluster), JSON.stringify(state), { mode: 0o600 });
}

/** Whether the cluster is there; refuses a folder that holds anything else. */
export function isReady(cluster: string, major: number): boolean {
  if (!existsSync(cluster) || readdirSync(cluster).length === 0) return false;
  if (!existsSync(stateFile(cluster))) {
    throw new Fault(
      `The folder ${cluster} holds something that Brandlens did not put there. Move it away, or name another folder in BRANDLENS_DATA.`,
    );
  }
  const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (found !== String(major)) {
    throw new Fault(
      `The data in ${cluster} was written by PostgreSQL ${found}, this is PostgreSQL ${major}. Move the folder away to start afresh, or name another in BRANDLENS_DATA.`,
    );
  }
  return true;
}

/** Refuses to begin what a nearly full disk would break off. */
export function requireSpace(folder: string, megabytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.floor((bavail * bsize) / 1_000_000);
  if (free < megabytes) {
    throw new Fault(`The disk that holds ${folder} is full: ${free} MB are free, ${megabytes} MB are needed.`);
  }
}
