// Starts a TypeScript script on a fresh clone: installs what package-lock.json names when it is not there yet,
// writes the database client, then hands on. Plain JavaScript without packages, for none may be installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);

const [script, ...args] = process.argv.slice(2);
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Brandlens needs Node 20.19 or later; this is Node ${process.versions.node}.`);
  process.exit(1);
}

const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;

/** Packages for other systems are optional and rightly missing. */
function isInstalled() {
  const there = 'node_modules/.package-lock.json';
  if (!existsSync(there)) return false;
  const found = packagesOf(there);
  return Object.entries(packagesOf('package-lock.json')).every(
    ([path, { version, optional, devOptional, peer }]) =>
      path === '' || optional || devOptional || peer || found[path]?.version === version,
  );
}

function install() {
  console.log('Installing packages (npm ci), the first time a few minutes …');
  const began = Date.now();
  const npm = process.env.npm_execpath;
  // Warnings of packages of packages are nothing that whoever starts the demo can act on.
  const flags = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...flags], { stdio: 'inherit' })
    : spawnSync('npm', flags, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) {
    console.error('\nThe packages could not be installed; npm says why above. Start again when that is settled.');
    process.exit(1);
  }
  console.log(`✓ Packages installed (${((Date.now() - began) / 1000).toFixed(0)} s)`);
}

if (!isInstalled()) install();
const client = spawnSync(process.execPath, ['scripts/client.mjs'], { stdio: 'inherit' });
if (client.status !== 0) process.exit(1);

const child = spawn(
  process.execPath,
  ['--import', 'tsx', '--conditions=react-server', `scripts/${script}.ts`, ...args],
  { stdio: 'inherit' },
);
// A terminal sends Ctrl-C to the whole group, a supervisor only to this process: the child takes either once.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('close', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
