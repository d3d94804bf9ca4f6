import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';

const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

it('is ended with all that it started by one signal to the command', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'build-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const next = join(folder, 'node_modules', 'next', 'dist', 'bin');
  mkdirSync(next, { recursive: true });
  const note = join(folder, 'pid');
  writeFileSync(
    join(next, 'next'),
    `require('fs').writeFileSync(${JSON.stringify(note)}, String(process.pid)); setInterval(() => undefined, 1000)`,
  );
  symlinkSync(resolve('tsconfig.json'), join(folder, 'tsconfig.json'));
  const tsx = import.meta.resolve('tsx');
  const build = spawn(process.execPath, ['--import', tsx, '--conditions=react-server', resolve('scripts/build.ts')], {
    cwd: folder,
    stdio: 'ignore',
    env: { ...process.env, TSX_TSCONFIG_PATH: resolve('tsconfig.json') },
  });
  const ended = new Promise<number | null>((done) => build.once('close', done));
  const pid = await vi.waitUntil(
    () => {
      try {
        return Number(readFileSync(note, 'utf8'));
      } catch {
        return 0;
      }
    },
    { timeout: 40_000, interval: 100 },
  );
  onTestFinished(() => {
    if (runs(pid)) process.kill(pid, 'SIGKILL');
  });
  build.kill('SIGTERM');
  expect(await ended).toBe(1);
  expect(runs(pid)).toBe(false);
});
