// The built server, on the settings that the other commands read. Plain JavaScript: it needs nothing but the build.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readSettingsFile } from './settings-file.mjs';

const server = new URL('../.next/standalone/server.js', import.meta.url);

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
if (existsSync(server)) {
  readSettingsFile();
  await import(server.href);
} else {
  console.error('There is no built server here. Build it first: npm run build');
  process.exitCode = 1;
}
