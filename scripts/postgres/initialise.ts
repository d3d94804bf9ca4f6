import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, rmdirSync, writeFileSync, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { Fault } from '../fault';
import { giveTo, runAs, type Account } from './account';
import type { Binaries } from './binaries';
import { requireSpace, writeState } from './folder';
import { findFreePort } from './port';

/** Makes a new cluster beside its final name and moves it there when it is whole: a broken-off start leaves no half. */
export async function initialise(binaries: Binaries, cluster: string, account: Account | null): Promise<void> {
  const unfinished = `${cluster}.unfinished`;
  const passwordFile = `${cluster}.password`;
  const password = randomBytes(18).toString('base64url');
  requireSpace(dirname(cluster), 300);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  giveTo(unfinished, account);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  giveTo(passwordFile, account);
  try {
    await runInitdb(binaries, unfinished, passwordFile, account);
    writeState(unfinished, { port: await findFreePort(), password });
    if (existsSync(cluster)) rmdirSync(cluster);
    renameSync(unfinished, cluster);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function runInitdb(binaries: Binaries, folder: string, passwordFile: string, account: Account | null): Promise<void> {
  const flags = [
    `--pgdata=${folder}`,
    '--username=brandlens',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The same order and case rules on every machine, whatever locales it has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  return new Promise((done, refuse) => {
    const child = spawn(binaries.initdb, flags, {
      ...runAs(account),
      cwd: folder,
      detached: process.platform !== 'win32',
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    child.stderr.on('data', (text: Buffer) => (output += text.toString()));
    child.on('error', refuse);
    child.on('close', (code) => {
      if (code === 0) return done();
      refuse(
        new Fault(
          /No space left on device/.test(output)
            ? `The disk that holds ${folder} is full. Free some space and start again.`
            : `The database could not be created in ${folder}.\n${output.trim()}`,
        ),
      );
    });
  });
}
