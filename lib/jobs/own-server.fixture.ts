import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { Fault } from '@/scripts/fault';
import { runningServer } from '@/scripts/postgres/running';
import { startPostgres, type Server } from '@/scripts/postgres/start';

// Imported before own-database.fixture: a PostgreSQL of the file's own, that may be killed.

const home = mkdtempSync(join(tmpdir(), 'brandlens-server-'));
// PostgreSQL may run as another user than this one.
chmodSync(home, 0o755);
const start = (): Promise<Server> => startPostgres({ home, throwaway: true, say: () => undefined });

let server = await start();
process.env.DATABASE_URL = server.url;
// What is committed is to outlive the server, though nothing need outlive the machine.
const client = new Client({ connectionString: server.url });
await client.connect();
await client.query('ALTER ROLE CURRENT_USER SET synchronous_commit = on');
await client.end();

/** Kills the server as a power cut does, and starts it again. */
export async function killServer(): Promise<void> {
  const { url } = server;
  process.kill(runningServer(join(home, 'postgres'))!, 'SIGKILL');
  // Its processes notice one by one; until the last has, it does not start.
  for (let tries = 0; ; tries += 1) {
    await wait(300);
    try {
      server = await start();
      break;
    } catch (error) {
      if (!(error instanceof Fault) || tries > 100) throw error;
    }
  }
  if (server.url !== url) throw new Error('The server came back at another address.');
}

export function removeServer(): void {
  server.stop();
  rmSync(home, { recursive: true, force: true });
}
