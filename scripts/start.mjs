// The built server, on the settings that the other commands read. Plain JavaScript: it needs nothing but the build.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSettingsFile } from './settings-file.mjs';

process.chdir(join(dirname(fileURLToPath(import.meta.url)), '..'));
if (existsSync('.next/standalone/server.js')) {
  readSettingsFile();
  await import('../.next/standalone/server.js');
} else {
  console.error('There is no built server here. Build it first: npm run build');
  process.exitCode = 1;
}
