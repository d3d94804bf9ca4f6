import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const server = '.next/standalone/server.js';
export const isBuilt = (): boolean => existsSync(server);

const goodSecret = 'q7Zs0Jm2c9vXr4TgL1bWkY8hNfPdEa3u6IoRtSxVzQw=';

export interface Production {
  url: string;
  child: ChildProcess;
  output: () => string;
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => probe.once('listening', listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}

/** Starts the built server as a production would, on a port of its own, without waiting for it. */
export async function launch(settings: Record<string, string> = {}): Promise<Production> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, [server], {
    env: {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'production',
      HOSTNAME: '127.0.0.1',
      PORT: String(port),
      APP_URL: url,
      AUTH_SECRET: goodSecret,
      DATABASE_URL: process.env.TEST_DATABASE_URL ?? '',
      JOBS: 'off',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  return { url, child, output: () => output, ended };
}

export async function ready({ url, child, output }: Production): Promise<void> {
  for (let tries = 0; tries < 300 && child.exitCode === null; tries++) {
    const answer = await fetch(`${url}/api/health/live`).catch(() => null);
    if (answer?.ok) return;
    await wait(100);
  }
  throw new Error(`The server did not start.\n${output()}`);
}

/** Whether a new connection is taken; one that is kept alive says nothing of that. */
export async function listens(server: Production): Promise<boolean> {
  const socket = createConnection(Number(new URL(server.url).port), '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

export async function end({ child, ended }: Production): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await ended;
}

/** Stands between the server and its database, so that a test can take the database away. */
export class Wire {
  private readonly sockets = new Set<Socket>();
  private readonly waiting: (() => void)[] = [];
  private up = true;
  private held = false;
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(databaseUrl: string): Promise<Wire> {
    const target = new URL(databaseUrl);
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    const url = new URL(databaseUrl);
    url.hostname = '127.0.0.1';
    url.port = String((server.address() as AddressInfo).port);
    const wire = new Wire(server, url.href);
    server.on('connection', (near) => {
      if (!wire.up) return void near.destroy();
      const far = createConnection(Number(target.port || 5432), target.hostname);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        wire.sockets.add(socket);
        socket.on('error', () => other.destroy());
        socket.on('close', () => {
          wire.sockets.delete(socket);
          other.destroy();
        });
      }
      far.pipe(near);
      near.on('data', (asked: Buffer) => {
        if (wire.held) wire.waiting.push(() => far.write(asked));
        else far.write(asked);
      });
    });
    return wire;
  }

  cut(): void {
    this.up = false;
    for (const socket of this.sockets) socket.destroy();
  }

  mend(): void {
    this.up = true;
  }

  /** Keeps back what the server asks the database from now on. */
  hold(): void {
    this.held = true;
  }

  /** Whether the server has asked something since `hold`. */
  get asked(): boolean {
    return this.waiting.length > 0;
  }

  release(): void {
    this.held = false;
    for (const send of this.waiting.splice(0)) send();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((closed) => this.server.close(closed));
  }
}
