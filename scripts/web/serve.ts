import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { start } from '../children';
import { Fault } from '../fault';

export interface Serving {
  child: ChildProcess;
  /** Everything the server has written so far. */
  output(): string;
}

/** Starts the built web server and waits until it answers. */
export async function serveWeb(port: number, host: string, env: Record<string, string>): Promise<Serving> {
  const child = start(process.execPath, ['.next/standalone/server.js'], {
    env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...env, PORT: String(port), HOSTNAME: host },
  });
  let output = '';
  const keep = (text: Buffer): void => {
    output = (output + text.toString()).slice(-20_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const asked = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    if (await answersHttp(`http://${asked}:${port}/api/health/live`)) return { child, output: () => output };
    await wait(100);
  }
  throw new Fault(`The web server did not start.\n${output.trim()}`);
}

async function answersHttp(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    return response.status < 500;
  } catch {
    return false;
  }
}
