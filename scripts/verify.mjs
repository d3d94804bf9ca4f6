// All that can be known without a database: format, lint, types, import directions. In parallel; quiet when right.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';

const sources = ['app', 'bench', 'components', 'lib', 'scripts', 'middleware.ts', 'instrumentation.ts'].filter((path) =>
  existsSync(path),
);
const checks = [
  ['lint and types', 'oxlint', '--deny-warnings', '--type-check'],
  ['imports', 'depcruise', '--config', '.dependency-cruiser.cjs', ...sources],
  ['format', 'oxfmt', '--check', '.'],
];

function run([name, command, ...args]) {
  const started = Date.now();
  return new Promise((done) => {
    const child = spawn(`node_modules/.bin/${command}`, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.on('error', (error) => (output += error.message));
    child.on('close', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
      if (code !== 0) console.log(output);
      done(code === 0);
    });
  });
}

const results = [];
const waiting = [...checks];
const width = Math.max(2, Math.min(checks.length, availableParallelism()));
await Promise.all(
  Array.from({ length: width }, async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) results.push(await run(check));
  }),
);
process.exitCode = results.every(Boolean) ? 0 : 1;
