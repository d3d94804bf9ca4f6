import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

const running = new Set<ChildProcess>();
const posix = process.platform !== 'win32';

export interface ChildOptions {
  env?: Record<string, string>;
  /** Prints as it goes, each line behind the name that is given; otherwise the output is kept and answered. */
  live?: boolean | string;
}

/** Starts a command in a process group of its own, so that ending it ends what it started. */
export function start(command: string, args: string[], { env = {}, live = false }: ChildOptions = {}): ChildProcess {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    detached: posix,
    stdio: live === true ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.on('close', () => running.delete(child));
  return child;
}

export interface Outcome {
  code: number;
  output: string;
}

export function run(command: string, args: string[], options: ChildOptions = {}): Promise<Outcome> {
  return new Promise((done, refuse) => {
    const child = start(command, args, options);
    const { live } = options;
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      if (typeof live === 'string')
        createInterface({ input: stream }).on('line', (line) => console.log(`${live} │ ${line}`));
      else stream.on('data', (text: Buffer) => (output += text.toString()));
    }
    child.on('error', refuse);
    child.on('close', (code) => done({ code: code ?? 1, output }));
  });
}

/** Another of our scripts, run as this one was. */
export const script = (path: string, ...args: string[]): [string, string[]] => [
  process.execPath,
  [...process.execArgv, path, ...args],
];

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (!child.pid) return;
  try {
    if (posix) process.kill(-child.pid, name);
    else child.kill(name);
  } catch {
    // It has ended meanwhile.
  }
}

/** Ends every command that still runs: politely, then after ten seconds for good. */
export async function endChildren(): Promise<void> {
  for (const child of running) signal(child, 'SIGTERM');
  for (let tries = 0; running.size > 0 && tries < 100; tries++) await wait(100);
  for (const child of running) signal(child, 'SIGKILL');
}

/** On Ctrl-C, SIGTERM and a closed terminal: tidies up once, then ends. Answers whether that has begun. */
export function onEnd(tidy: () => Promise<void>, code: number): () => boolean {
  let ending = false;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (ending) return;
      ending = true;
      void tidy().finally(() => process.exit(code));
    });
  }
  return () => ending;
}
