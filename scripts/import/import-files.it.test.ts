import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createWorkspace } from '@/lib/access/create-workspace';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { zipOf } from '@/lib/formats/tables.fixture';
import { listImports, readImport } from '@/lib/ingest/read';
import { findWorkspace } from './find-workspace';
import { importFiles } from './import-files';
import { readSettings } from './settings';
import { env } from '@/lib/env';

const dataDir = env.DATA_DIR;
const off = { 'receipt-unique': false, check: false, yes: false, json: false, list: false };
const file = (name: string): string => join(dataDir, name);
const slug = `command-${process.pid}-${Date.now()}`;

beforeAll(async () => {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file('products.csv'), 'product_id,brand\nP1,X\nP2,Y\n');
  writeFileSync(file('lines.csv'), 'date,product,units,amount\n2024-01-05,P1,1,2.50\n2024-01-06,P2,2,x\n');
  await createWorkspace({ name: 'Command line', slug });
});
afterAll(async () => {
  await loadPool.end();
  await db.$disconnect();
});

it('says what stays published when a later file fails, and how to take it out', async () => {
  const said: string[] = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line));
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const settings = readSettings({ ...off, workspace: slug, rejects: file('out') }, [
    file('lines.csv'),
    file('products.csv'),
  ]);
  const workspace = await findWorkspace(settings);
  await expect(importFiles(workspace, settings)).rejects.toThrow(/1 row was rejected, so nothing of .*lines\.csv/);
  const { items } = await listImports(workspace.id, { limit: 10 });
  const products = items.find(({ kind }) => kind === 'products');
  expect(items.map(({ kind, state }) => [kind, state]).sort()).toEqual([
    ['products', 'published'],
    ['transactions', 'validated'],
  ]);
  expect(said).toEqual([
    '\nproducts.csv stays published. Leave it out when you load the others, or take it out again:\n' +
      `  npm run import -- --workspace ${slug} --revert ${products?.id}`,
  ]);
  expect(readFileSync(file('out/lines.csv.rejects.csv'), 'utf8')).toMatch(
    /^row,column,reason,raw\r\n3,amount,[^\r]+,"2024-01-06,P2,2,x"\r\n$/,
  );
});

it('takes the product file that a web shop exports as a catalogue: each variant a product', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const header = 'Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price';
  writeFileSync(file('export.csv'), `${header}\nmug,Mug,Pekora,Kitchen,Size,Small,,9.50\nmug,,,,,Large,,12.50\n`);
  const own = await findWorkspace(readSettings({ ...off, workspace: slug }, ['x']));
  await importFiles(own, readSettings({ ...off, workspace: slug, check: true }, [file('export.csv')]));
  const { items } = await listImports(own.id, { limit: 1 });
  expect(items[0]).toMatchObject({ kind: 'products', rowsAccepted: 2, rowsRejected: 0 });
});

it('calculates fields, and takes pieces of columns', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  writeFileSync(file('made.csv'), 'date,item,pence,n\n2024-01-05,AB-1,199,2\n');
  const own = await findWorkspace(readSettings({ ...off, workspace: slug }, ['x']));
  const asked = { ...off, workspace: slug, kind: 'transactions', check: true };
  const made = {
    calculate: ['amount=pence / 100', 'units=n * n'],
    part: ['brand=item before -', 'product=item last 1'],
  };
  await importFiles(own, readSettings({ ...asked, ...made }, [file('made.csv')]));
  const { items } = await listImports(own.id, { limit: 1 });
  expect(items[0]).toMatchObject({ totalAmount: 1.99, totalUnits: 4 });
  expect((await readImport(own.id, items[0]!.id)).mapping?.made).toEqual({
    amount: { calculate: ['pence', '/', 100] },
    units: { calculate: ['n', '*', 'n'] },
    brand: { part: 'item', before: '-' },
    product: { part: 'item', last: 1 },
  });
  const wrong = (given: object) => () => importFiles(own, readSettings({ ...asked, ...given }, [file('made.csv')]));
  await expect(wrong({ calculate: ['amount=pence'] })).rejects.toThrow('--calculate');
  await expect(wrong({ part: ['brand=item until -'] })).rejects.toThrow('--part');
  expect(() => readSettings({ ...asked, 'create-workspace': 'New' }, ['x'])).toThrow('leave --workspace out');
});

it('reads files as it is told', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  writeFileSync(file('odd.csv'), 'P7#X\nP8#Y\n');
  const zip = await zipOf({ 'a.csv': 'product_id,brand\nP9,X\nP10,Y\n', 'b.csv': 'product_id,brand\nP11,X\nP12,Y\n' });
  writeFileSync(file('products.zip'), zip);
  const own = await findWorkspace(readSettings({ ...off, workspace: slug }, ['x']));
  const only = { ...off, workspace: slug, kind: 'products', check: true };
  const set = ['product=Column 1', 'brand=Column 2'];
  await importFiles(own, readSettings({ ...only, set, delimiter: '#', 'header-rows': '0' }, [file('odd.csv')]));
  await importFiles(own, readSettings({ ...only, member: 'b.csv' }, [file('products.zip')]));
  const { items } = await listImports(own.id, { limit: 2 });
  const found = await Promise.all(items.map(({ id }) => readImport(own.id, id)));
  expect(found.map(({ fileName, detected }) => [fileName, detected?.preview])).toEqual([
    [
      'products.zip',
      [
        ['P11', 'X'],
        ['P12', 'Y'],
      ],
    ],
    [
      'odd.csv',
      [
        ['P7', 'X'],
        ['P8', 'Y'],
      ],
    ],
  ]);
  const wrong = readSettings({ ...only, member: 'c.csv' }, [file('products.zip')]);
  await expect(importFiles(own, wrong)).rejects.toThrow('it holds a.csv, b.csv');
  expect(() => readSettings({ ...only, encoding: 'latin' }, ['x'])).toThrow('--encoding');
});

it('tells what of a file like it is missing or new, and maps by names and values', async () => {
  const said: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
  const name = `${slug}-near`;
  await createWorkspace({ name: 'Nearly', slug: name });
  const own = await findWorkspace(readSettings({ ...off, workspace: name }, ['x']));
  const run = (path: string, more = {}) =>
    importFiles(own, readSettings({ ...off, workspace: name, ...more }, [file(path)]));
  writeFileSync(file('w1.csv'), 'date,product,units,amount,store\n2024-01-05,P1,1,2.50,A\n');
  writeFileSync(file('w2.csv'), 'date,product,units,amount,colour\n2024-01-06,P1,1,2.50,red\n');
  writeFileSync(file('w3.csv'), 'date,product,units,amount,store,colour\n2024-01-07,P1,1,2.50,A,red\n');
  await run('w1.csv');
  await run('w2.csv');
  expect(said.join('\n')).toMatch(
    /Mapped by names and values; .* of w1\.csv of .*; new here: colour; missing: store\./,
  );
  await run('w3.csv');
  expect(said.join('\n')).toMatch(/Mapped by names and values; .* of w2\.csv of .*; new here: store\./);
  const { items } = await listImports(own.id, { limit: 10 });
  expect(items.map(({ fileName, state }) => [fileName, state])).toEqual([
    ['w3.csv', 'published'],
    ['w2.csv', 'published'],
    ['w1.csv', 'published'],
  ]);
});
