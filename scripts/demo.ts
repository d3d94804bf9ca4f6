import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { endChildren, onEnd, run, script } from './children';
import { bringUpToDate } from './database/bring-up-to-date';
import { demoUser } from './demo/user';
import { Fault, main } from './fault';
import { readOptions } from './options';
import { dataHome } from './postgres/folder';
import { isFree } from './postgres/port';
import { keepPostgres } from './postgres/keep';
import { type Server } from './postgres/start';
import { step } from './steps';
import { buildWeb, isBuilt } from './web/build';
import { keptSecret } from './web/secret';
import { serveWeb } from './web/serve';

const usage = 'Usage: npm run demo -- [--port 3000] [--host 127.0.0.1] [--lines 1000000]';

function readArguments(): { port: number; host: string; lines: number } {
  const { values } = readOptions(usage, {
    options: {
      port: { type: 'string', default: '3000' },
      host: { type: 'string', default: '127.0.0.1' },
      lines: { type: 'string', default: '1000000' },
    },
  });
  const whole = (name: string, text: string, least: number, most: number): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new Fault(`--${name} wants a whole number from ${least} to ${most}, not "${text}".\n${usage}`);
  };
  return {
    port: whole('port', values.port, 1, 65_535),
    host: values.host,
    lines: whole('lines', values.lines, 1_000, 100_000_000),
  };
}

void main(async () => {
  const { port, host, lines } = readArguments();
  if (!(await isFree(port, host))) {
    const other = port < 65_535 ? port + 1 : port - 1;
    throw new Fault(
      `Port ${port} is taken, perhaps by a demo that already runs. Use another: npm run demo -- --port ${other}`,
    );
  }
  const began = Date.now();
  const home = dataHome();
  mkdirSync(home, { recursive: true });
  let server: Server | undefined;
  const tidy = async (): Promise<void> => {
    await endChildren();
    server?.stop();
  };
  const ending = onEnd(async () => {
    console.log('\nEnding …');
    await tidy();
    console.log('Ended. The data stays; npm run demo brings it back.');
  }, 0);
  try {
    if (process.env.DATABASE_URL) console.log('The demo keeps its own database; DATABASE_URL is left alone.');
    const database = await step('Start PostgreSQL', () => keepPostgres({ home }));
    server = database;
    await step('Bring the database up to date', () => bringUpToDate(database.url));
    const env = {
      DATABASE_URL: database.url,
      DATA_DIR: join(home, 'files'),
      AUTH_SECRET: keptSecret(home),
      APP_URL: `http://localhost:${port}`,
      SIGN_UP: 'open',
    };
    const [command, args] = script('scripts/demo/fill.ts', '--lines', String(lines), '--folder', join(home, 'demo'));
    const filled = await run(command, args, { env, live: true });
    if (filled.code !== 0) throw new Fault('The demo data could not be loaded; start again to carry on.');
    if (!isBuilt()) await step('Build the web server', () => buildWeb(env));
    const { child, output } = await step('Start the web server', () => serveWeb(port, host, env));
    console.log(`\nBrandlens runs at http://localhost:${port} (${((Date.now() - began) / 1000).toFixed(0)} s)`);
    console.log(`Sign in as ${demoUser.email} with the password ${demoUser.password}`);
    console.log('Ctrl-C ends it.');
    await Promise.race([new Promise((ended) => child.on('close', ended)), database.failed]);
    throw new Fault(`The web server ended by itself.\n${output().trim().split('\n').slice(-15).join('\n')}`);
  } catch (error) {
    // What fails now fails because it is being ended.
    if (ending()) return new Promise(() => undefined);
    await tidy();
    throw error;
  }
});
