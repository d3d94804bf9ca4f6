import { spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { Fault } from '../fault';

/** PostgreSQL refuses to run as root: then it runs as this account. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

function look(name: string): Account | null {
  const id = (flag: string) => Number.parseInt(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout, 10);
  const [uid, gid] = [id('-u'), id('-g')];
  return Number.isInteger(uid) && Number.isInteger(gid) ? { name, uid, gid } : null;
}

/** The account to run PostgreSQL as, or null when the present one will do. */
export function serverAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const account = look('postgres') ?? look('nobody');
  if (!account) {
    throw new Fault(
      'PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as. Create one: useradd postgres',
    );
  }
  return account;
}

/** Whether the account may enter the folder; the whole path counts, so the question is put to the system. */
export function canEnter(folder: string, account: Account | null): boolean {
  if (!account) return true;
  const { uid, gid } = account;
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { uid, gid, cwd: '/' }).status === 0;
}

export function giveTo(path: string, account: Account | null): void {
  if (account) chownSync(path, account.uid, account.gid);
}

/** Options for starting one of PostgreSQL's programs. */
export const runAs = (account: Account | null): { uid?: number; gid?: number } =>
  account ? { uid: account.uid, gid: account.gid } : {};
