import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWorkspace } from '@/lib/access/create-workspace';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { listFixes } from '@/lib/ingest/fix';
import { listImports } from '@/lib/ingest/read';
import { readCorrections } from './corrections';
import { findWorkspace } from './find-workspace';
import { importFiles } from './import-files';
import { resumeOne } from './manage';
import { readSettings } from './settings';
import { env } from '@/lib/env';

// Cells that are set right by a file beside the one that is loaded.

const dataDir = env.DATA_DIR;
const off = { 'receipt-unique': false, check: false, yes: false, json: false, list: false };
const slug = `corrections-${process.pid}-${Date.now()}`;
const said: string[] = [];

const at = (name: string): string => join(dataDir, name);
function write(name: string, content: string | object): string {
  writeFileSync(at(name), typeof content === 'string' ? content : JSON.stringify(content));
  return at(name);
}

beforeAll(async () => {
  mkdirSync(dataDir, { recursive: true });
  write(
    'lines.csv',
    'date,product,units,amount\n2024-01-05,P1,1,n/a\n2024-01-06,P2,one,2.50\n2024-01-07,P3,1,n/a\n2024-01-08,P4,1,3\n',
  );
  await createWorkspace({ name: 'Command line', slug });
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
});
beforeEach(() => void said.splice(0));
afterAll(async () => {
  await loadPool.end();
  await db.$disconnect();
});

const settingsOf = (corrections: string, given: object = {}) =>
  readSettings({ ...off, workspace: slug, corrections, ...given }, [at('lines.csv')]);
async function load(corrections: string): Promise<Awaited<ReturnType<typeof listImports>>['items'][number]> {
  const settings = settingsOf(corrections, { check: true });
  const workspace = await findWorkspace(settings);
  await importFiles(workspace, settings);
  return (await listImports(workspace.id, { limit: 1 })).items[0]!;
}

const cells = [{ row: 3, column: 'units', to: '1' }];
const values = [{ column: 'amount', from: 'n/a', to: '0' }];
const kinds: [string, string | object][] = [
  ['both.csv', '\uFEFFRow;Column;Value;From;To\r\n3;units;1;;\r\n\r\n;amount;;n/a;0\r\n'],
  [
    'list.json',
    [
      { row: 3, column: 'units', value: 1 },
      { column: 'amount', from: ' n/a ', to: '0' },
    ],
  ],
  ['api.json', { cells, values }],
];

describe('a file of corrections', () => {
  it.each(kinds)('is %s', async (name, content) => {
    const { fixes } = readCorrections(write(name, content));
    expect(fixes).toEqual({ cells, values });
    expect(await load(at(name))).toMatchObject({ rowsAccepted: 4, rowsRejected: 0, totalUnits: 4, totalAmount: 5.5 });
    expect(said.filter((line) => line.startsWith('  corrected'))).toEqual([
      '  corrected 2 × amount: “n/a” → “0”',
      '  corrected row 3 units: “one” → “1”',
    ]);
  });

  it('may set a cell to nothing, and texts with commas', () => {
    const path = write('own.csv', 'row,column,value\n3,units,\n4,"a, b","x ""y"""\n');
    expect(readCorrections(path).fixes.cells).toEqual([
      { row: 3, column: 'units', to: '' },
      { row: 4, column: 'a, b', to: 'x "y"' },
    ]);
  });

  it('is refused by its line, its column, and what would be right', async () => {
    const fails = (content: string | object): string => {
      try {
        readCorrections(write('wrong', content));
      } catch (error) {
        return (error as Error).message.replace(`${dataDir}/`, '');
      }
      throw new Error('It was read.');
    };
    expect(fails('row,column,value\n3,units,1\nx,units,1\n')).toBe(
      'wrong, line 3: row wants the number of a row of the file; it is "x".',
    );
    expect(fails('column,from\nunits,1\n')).toBe('wrong, line 2: to wants what they should say; it is missing.');
    expect(fails('row,column,value,note\n3,units,1,a\n')).toBe(
      'wrong, line 2: it wants row, column and value, or column, from and to, and has row, column, value, note.',
    );
    expect(fails('row,column,value\n3,units\n')).toMatch(/^wrong is no CSV: .*line 2/);
    expect(fails('row,column,value\n')).toBe('wrong: at least one cell or value.');
    expect(fails([{ row: 0, column: 'units', value: '1' }])).toBe(
      'wrong, entry 1: row wants the number of a row of the file; it is 0.',
    );
    expect(fails('[1]')).toContain('wants a list of objects with row, column and value');
    expect(fails('{"cells": [{"row": 1}]}')).toMatch(/^wrong, cells\.0: /);
    expect(fails(`row,column,value\n3,units,${'x'.repeat(1_001)}\n`)).toBe('wrong, line 2: at most 1,000 characters.');
    expect(() => readCorrections(at('none.csv'))).toThrow('There is no file of corrections');
    await expect(load(write('wrong', 'row,column,value\n3,units,1\n9,units,1\n'))).rejects.toThrow(
      'wrong, line 3: the table has no row 9.',
    );
    await expect(load(write('wrong', 'column,from,to\nprice,1,2\n'))).rejects.toThrow(
      'wrong, line 2: the file has no column "price".',
    );
    expect(() => readSettings({ ...off, workspace: slug, corrections: at('both.csv') }, ['a', 'b'])).toThrow(
      '--corrections are those of one file',
    );
  });

  it('is of an import that was left on its way, too', async () => {
    const item = await load(write('first.csv', 'row,column,value\n3,units,1\n'));
    expect(item).toMatchObject({ rowsAccepted: 2, rowsRejected: 2 });
    const settings = readSettings(
      {
        ...off,
        workspace: slug,
        resume: String(item.id),
        corrections: write('more.csv', 'column,from,to\namount,n/a,1\n'),
      },
      [],
    );
    const workspace = await findWorkspace(settings);
    await resumeOne(workspace, item.id, settings);
    expect((await listImports(workspace.id, { limit: 1 })).items[0]).toMatchObject({
      id: item.id,
      state: 'published',
      rowsAccepted: 4,
    });
    expect(await listFixes(workspace.id, item.id)).toMatchObject({ cells, values: [{ to: '1' }] });
  });
});
