import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../children';
import { Fault } from '../fault';

const sources = ['app', 'components', 'lib', 'public', 'prisma', 'middleware.ts', 'next.config.ts', 'tsconfig.json'];
const more = ['package-lock.json', 'instrumentation.ts', 'instrumentation-client.ts', 'postcss.config.mjs'];
const stamp = '.next/brandlens-build';

function* filesIn(path: string): Generator<string> {
  if (!existsSync(path)) return;
  if (statSync(path).isFile()) return yield path;
  for (const name of readdirSync(path).sort()) {
    if (name !== 'generated' && !/\.test\.tsx?$/.test(name)) yield* filesIn(join(path, name));
  }
}

function hashSources(): string {
  const hash = createHash('sha256').update(process.version);
  for (const path of [...sources, ...more].flatMap((source) => [...filesIn(source)])) {
    hash.update(path).update(readFileSync(path));
  }
  const settings = Object.entries(process.env).filter(([name]) => name.startsWith('NEXT_PUBLIC_'));
  return hash.update(JSON.stringify(settings.sort())).digest('hex');
}

/** Whether the web server in .next was built from the sources as they are. */
export const isBuilt = (): boolean => existsSync(stamp) && readFileSync(stamp, 'utf8') === hashSources();

/** Builds the web server into .next/standalone, whole with its static files. */
export async function buildWeb(env: Record<string, string>): Promise<void> {
  const current = hashSources();
  rmSync(stamp, { force: true });
  const next = join('node_modules', 'next', 'dist', 'bin', 'next');
  const { code, output } = await run(process.execPath, [next, 'build'], {
    env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...env },
  });
  if (code !== 0) {
    if (/ENOSPC|No space left/.test(output)) throw new Fault('The disk is full: the web server could not be built.');
    throw new Fault(`The web server could not be built.\n${output.trim()}`);
  }
  // Settings are read when the server starts; those of the build would outlive a change, and hold secrets.
  for (const name of ['.env', '.env.production']) rmSync(join('.next/standalone', name), { force: true });
  cpSync('.next/static', '.next/standalone/.next/static', { recursive: true });
  if (existsSync('public')) cpSync('public', '.next/standalone/public', { recursive: true });
  writeFileSync(stamp, current);
}
