// Writes the database client (lib/db/generated) when it is missing or older than the schema.
// Plain JavaScript and called by the commands themselves, so that it also works after `npm ci --ignore-scripts`.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const cli = require.resolve('prisma/build/index.js');

const hash = createHash('sha256').update(readFileSync(join(cli, '../../package.json')));
for (const name of readdirSync(join(root, 'prisma/schema')).sort()) {
  hash.update(name).update(readFileSync(join(root, 'prisma/schema', name)));
}
const current = hash.digest('hex');
const stamp = join(root, 'lib/db/generated/.schema-hash');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== current) {
  // `generate` never runs the engine binary, but looks for it on the network unless one is named.
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'generate'], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  if (status !== 0) {
    console.error(`The database client could not be generated.\n${stdout}${stderr}`);
    process.exit(1);
  }
  writeFileSync(stamp, current);
}
