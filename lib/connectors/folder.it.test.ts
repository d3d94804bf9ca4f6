import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { env } from '@/lib/env';
import { listImports } from '@/lib/ingest/read';
import { made, newWorkspace, ran, sales } from './trial.fixture';

let root: string;
let w: number;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'connector-'));
  w = await newWorkspace();
  const { slug } = await db.workspace.findUniqueOrThrow({ where: { id: w } });
  await mkdir(join(root, 'in'));
  await mkdir(join(root, 'elsewhere'));
  Object.assign(env, { CONNECTOR_FOLDERS: [{ slug, path: join(root, 'in') }] });
});
afterAll(async () => {
  await rm(root, { recursive: true });
  await loadPool.end();
  await db.$disconnect();
});

async function put(name: string, text: string, ageSeconds = 60): Promise<string> {
  const path = join(root, 'in', name);
  await writeFile(path, text);
  const when = new Date(Date.now() - ageSeconds * 1_000);
  await utimes(path, when, when);
  return path;
}
const imports = async () =>
  (await listImports(w, { limit: 100 })).items.map(({ fileName, state }) => [fileName, state]);

it('tells which columns of a file like it are new or missing', async () => {
  const own = await newWorkspace();
  const { slug } = await db.workspace.findUniqueOrThrow({ where: { id: own } });
  await mkdir(join(root, 'changing'));
  Object.assign(env, { CONNECTOR_FOLDERS: [...env.CONNECTOR_FOLDERS, { slug, path: join(root, 'changing') }] });
  const source = { kind: 'folder', path: join(root, 'changing') };
  const connector = await made(own, { name: 'Changing', source, publish: true });
  await put('../changing/1.csv', sales('2024-01-01', 10));
  expect(await ran(own, connector)).toMatchObject({ state: 'done', notes: [] });

  // A column more is mapped as ever, and told.
  const more = sales('2024-01-02', 10).replaceAll(/$/gm, ',v').replace(',v', ',colour');
  await put('../changing/2.csv', more);
  const told = await ran(own, connector);
  expect(told).toMatchObject({ state: 'done' });
  expect(told.notes).toEqual([
    expect.stringMatching(/^2\.csv: Mapped by names and values; .* of 1\.csv of .*; new here: colour\.$/),
  ]);

  await put(
    '../changing/3.csv',
    sales('2024-01-03', 10)
      .replaceAll(/,[^,\n]*,1,/g, ',1,')
      .replace('brand,', ''),
  );
  const less = await ran(own, connector);
  expect(less.state).toBe('done');
  expect(less.notes).toEqual([
    expect.stringMatching(/^3\.csv: Mapped by names and values; .* of 2\.csv of .*; missing: brand\.$/),
  ]);
  const { items } = await listImports(own, { limit: 10 });
  expect(items.map(({ fileName, state }) => [fileName, state])).toEqual([
    ['3.csv', 'published'],
    ['2.csv', 'published'],
    ['1.csv', 'published'],
  ]);
});

it('lets a file take the place of what is there of its stores and dates, where the connector says so', async () => {
  const own = await newWorkspace();
  const { slug } = await db.workspace.findUniqueOrThrow({ where: { id: own } });
  await mkdir(join(root, 'corrected'));
  Object.assign(env, { CONNECTOR_FOLDERS: [...env.CONNECTOR_FOLDERS, { slug, path: join(root, 'corrected') }] });
  const source = { kind: 'folder', path: join(root, 'corrected'), replace: true };
  const connector = await made(own, { name: 'Late', source, publish: true });
  const lines = () => loadPool.query('SELECT date::text FROM sale_line WHERE workspace_id = $1', [own]);
  const both = `${sales('2024-01-01', 10)}\n${sales('2024-01-02', 10).split('\n').slice(1).join('\n')}`;
  await put('../corrected/sales.csv', both);
  expect(await ran(own, connector)).toMatchObject({ state: 'done', notes: [] });
  expect((await lines()).rows).toHaveLength(20);
  await put('../corrected/sales.csv', sales('2024-01-02', 7), 30);
  expect(await ran(own, connector)).toMatchObject({ state: 'done', notes: [] });
  expect(
    (await lines()).rows
      .map((row) => (row as { date: string }).date.slice(8))
      .sort()
      .join(' '),
  ).toBe(`${'01 '.repeat(10)}${'02 '.repeat(7)}`.trim());
  const [newest] = (await listImports(own, { limit: 1 })).items;
  expect(newest).toMatchObject({ state: 'published', replacesBy: 'place', replaced: [{ lines: 10 }] });
});

it('takes new files oldest first, once, publishes what is sound, and says what is not', async () => {
  const source = { kind: 'folder', path: join(root, 'in'), pattern: '*.csv' };
  const connector = await made(w, { name: 'Till', source, publish: true });
  await put('later.csv', sales('2024-02-01', 20), 100);
  await put('first.csv', sales('2024-01-01', 10), 200);
  // Written to at this very moment, however slowly this test runs.
  await put('growing.csv', sales('2024-03-01', 10), -600);
  await put('notes.txt', 'nothing');
  await put('faulty.csv', `${sales('2024-01-02', 5)}\nno date,S1,r9,p1,B1,1,2.00`, 150);
  await put('garbage.csv', '\u0000\u0001\u0002', 300);

  const run = await ran(w, connector);
  expect(run).toMatchObject({ state: 'failed', error: '1 file could not be taken.', statistics: { files: 3 } });
  expect(await imports()).toEqual([
    ['later.csv', 'published'],
    ['faulty.csv', 'validated'],
    ['first.csv', 'published'],
  ]);
  expect(run.imports).toHaveLength(3);
  expect(run.notes[0]).toMatch(/^garbage.csv: /);
  expect(run.notes[1]).toMatch(/^faulty.csv: 1 row was rejected; import \d+ waits for somebody to look at it/);

  const again = await ran(w, connector);
  expect(again).toMatchObject({ state: 'done', imports: [], notes: [] });
  await put('growing.csv', sales('2024-03-01', 10));
  await put('copy.csv', sales('2024-01-01', 10));
  const third = await ran(w, connector);
  expect(third.imports).toHaveLength(1);
  expect((await imports())[0]).toEqual(['growing.csv', 'published']);
  expect(await imports()).toHaveLength(4);
});

it('reads no folder that is not opened, and follows no link out of one', async () => {
  const { slug } = await db.workspace.findUniqueOrThrow({ where: { id: w } });
  await symlink(join(root, 'elsewhere'), join(root, 'in', 'way-out'));
  const attempt = async (path: string, workspace = w) =>
    made(workspace, { name: path, source: { kind: 'folder', path } });
  for (const path of [
    root,
    join(root, 'elsewhere'),
    join(root, 'in', '..', 'elsewhere'),
    join(root, 'in', 'way-out'),
    join(root, 'in', 'nothing'),
    'in',
    '/etc',
  ])
    await expect(attempt(path)).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('is no folder within those'),
    });
  const other = await newWorkspace();
  await expect(attempt(join(root, 'in'), other)).rejects.toThrow('open no folder to this workspace');

  await writeFile(join(root, 'elsewhere', 'secret.csv'), sales('2024-05-01', 3));
  await symlink(join(root, 'elsewhere', 'secret.csv'), join(root, 'in', 'linked.csv'));
  const connector = await made(w, {
    name: 'Links',
    source: { kind: 'folder', path: join(root, 'in'), settledSeconds: 0 },
  });
  await ran(w, connector);
  expect((await imports()).map(([name]) => name)).not.toContain('linked.csv');

  // What the settings close later is closed to connectors that are there.
  Object.assign(env, { CONNECTOR_FOLDERS: [{ slug, path: join(root, 'elsewhere') }] });
  expect(await ran(w, connector)).toMatchObject({ state: 'failed', error: expect.stringContaining('is no folder') });
});

it('publishes no file whose dates could be read two ways, until one like it has told', async () => {
  const own = await newWorkspace();
  const { slug } = await db.workspace.findUniqueOrThrow({ where: { id: own } });
  await mkdir(join(root, 'days'));
  Object.assign(env, { CONNECTOR_FOLDERS: [...env.CONNECTOR_FOLDERS, { slug, path: join(root, 'days') }] });
  const connector = await made(own, {
    name: 'Days',
    source: { kind: 'folder', path: join(root, 'days') },
    publish: true,
  });
  const found = async () =>
    (await listImports(own, { limit: 100 })).items.map(({ fileName, state, from }) => [fileName, state, from]).sort();
  await put('../days/1.csv', sales('03/02/2024', 3));
  expect((await ran(own, connector)).notes).toEqual([
    expect.stringMatching(/^1\.csv: no date says which number is the day; import \d+ waits for somebody/),
  ]);
  await put('../days/2.csv', sales('31/01/2024', 3));
  await ran(own, connector);
  await put('../days/3.csv', sales('04/02/2024', 3));
  expect((await ran(own, connector)).notes).toEqual([]);
  expect(await found()).toEqual([
    ['1.csv', 'validated', '2024-03-02'],
    ['2.csv', 'published', '2024-01-31'],
    ['3.csv', 'published', '2024-02-04'],
  ]);
});
