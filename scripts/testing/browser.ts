import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { endChildren, run, script } from '../children';
import { bringUpToDate } from '../database/bring-up-to-date';
import { findFreePort } from '../postgres/port';
import { step } from '../steps';
import { buildWeb, isBuilt } from '../web/build';
import { keptSecret } from '../web/secret';
import { serveWeb } from '../web/serve';
import { findChromium } from './chromium';
import { NotRun, readPlaywright, type Counts } from './part';

const demoLines = '30000';

/** Serves a small demo as a user would get it, and walks through it with a real browser. */
export async function browserTests(folder: string, databaseUrl: string): Promise<Counts> {
  const specs = existsSync('e2e') ? readdirSync('e2e', { recursive: true, encoding: 'utf8' }) : [];
  if (!specs.some((name) => name.endsWith('.spec.ts'))) throw new NotRun('There are no such tests.');
  const chromium = findChromium();
  const port = await findFreePort();
  const env = {
    DATABASE_URL: databaseUrl,
    DATA_DIR: join(folder, 'files'),
    AUTH_SECRET: keptSecret(folder),
    APP_URL: `http://localhost:${port}`,
    RATE_LIMIT: 'off',
    SIGN_UP: 'open',
  };
  await bringUpToDate(databaseUrl);
  const [command, args] = script('scripts/demo/fill.ts', '--lines', demoLines, '--folder', join(folder, 'demo'));
  const filled = await run(command, args, { env, live: true });
  if (filled.code !== 0) throw new Error('The demo data could not be loaded.');
  if (!isBuilt()) await step('Build the web server', () => buildWeb(env));
  const { output } = await step('Start the web server', () => serveWeb(port, '127.0.0.1', env));

  const report = join(folder, 'browser.json');
  const { code } = await run(
    process.execPath,
    ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'],
    {
      env: {
        BASE_URL: env.APP_URL,
        CHROMIUM_PATH: chromium,
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
        TEST_DATABASE_URL: databaseUrl,
      },
      live: true,
    },
  );
  await endChildren();
  if (code !== 0) console.log(`The web server's last words:\n${output().slice(-3_000)}`);
  if (!existsSync(report)) throw new Error('The browser tests broke off before they could be counted.');
  const counts = readPlaywright(report);
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
