import { setTimeout as wait } from 'node:timers/promises';
import { Fault } from '../fault';
import { startPostgres, type Server, type StartOptions } from './start';

const lookMs = 1_000;
/** Before each start in a row: a disk that is full or memory that is short may be freed meanwhile. */
const patience = [0, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000];
/** One that ran so long did not die of what the last one died of. */
const steadyMs = 60_000;

export interface Kept extends Server {
  /** Rejects with what to do when the server cannot be kept running. */
  failed: Promise<never>;
}

/** Starts the embedded PostgreSQL, and starts it again where it dies, until `stop`. What another start runs is its to keep. */
export async function keepPostgres(options: StartOptions & { waits?: readonly number[] } = {}): Promise<Kept> {
  const server = await startPostgres(options);
  if (server.attached) return { ...server, failed: never() };
  const ending = new AbortController();
  const { say = console.error, waits = patience } = options;
  const failed = keep(server, { ...options, say }, waits, ending.signal).catch((error: unknown) => {
    if (ending.signal.aborted) return never();
    throw error;
  });
  // Whoever waits for it hears of it.
  failed.catch(() => undefined);
  const stop = (): void => {
    ending.abort();
    server.stop();
  };
  return { ...server, failed, stop };
}

const never = (): Promise<never> => new Promise(() => undefined);

async function keep(
  server: Server,
  options: StartOptions & { say: (line: string) => void },
  waits: readonly number[],
  signal: AbortSignal,
): Promise<never> {
  let tries = 0;
  for (let since = Date.now(); ;) {
    await wait(lookMs, undefined, { signal, ref: false });
    if (server.runs()) continue;
    if (Date.now() - since > steadyMs) tries = 0;
    options.say('PostgreSQL has ended by itself; it is started again.');
    tries += await again(server, options, waits.slice(tries), signal);
    since = Date.now();
    options.say('PostgreSQL runs again.');
  }
}

/** Answers how many tries it took. */
async function again(
  { url }: Server,
  options: StartOptions,
  waits: readonly number[],
  signal: AbortSignal,
): Promise<number> {
  let reason = 'It ends again and again.';
  for (const [at, ms] of waits.entries()) {
    await wait(ms, undefined, { signal });
    try {
      const server = await startPostgres(options);
      if (server.url === url) return at + 1;
      server.stop();
      reason = `Its port ${new URL(url).port} has been taken by another program.`;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      reason = error.message;
    }
  }
  throw new Fault(`PostgreSQL has ended, and cannot be kept running. ${reason}`);
}
