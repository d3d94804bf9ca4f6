import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { NotRun } from './part';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser for the tests: the one named, the system's, or Playwright's own. */
export function findChromium(): string {
  const named = process.env.CHROMIUM_PATH;
  if (named && !existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which is not there.`);
  const found = named || [...usual, chromium.executablePath()].find((path) => existsSync(path));
  if (!found) {
    throw new NotRun('No Chromium was found. Name one in CHROMIUM_PATH, or run: npx playwright install chromium');
  }
  return found;
}
