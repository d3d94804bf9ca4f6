import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readBack, zipOf } from './tables.fixture';

const csv = 'name,amount\r\nMüsli,1\r\nCrème,2\r\n';
const table = [
  ['name', 'amount'],
  ['Müsli', '1'],
  ['Crème', '2'],
];

describe('archives', () => {
  it('reads the one file inside', async () => {
    const { table: found, source } = await readBack(await zipOf({ 'a/lines.csv': csv, '__MACOSX/a/._lines.csv': 'x' }));
    expect(found).toEqual(table);
    expect(source).toMatchObject({ format: 'csv', member: 'a/lines.csv' });
    expect(source?.members).toBeUndefined();
  });
  it('reads the first of several, and the one that is chosen', async () => {
    const zip = await zipOf({ 'read.me': 'no table', 'a.csv': csv, 'b.csv': 'x;y\n1;2\n3;4\n' });
    expect((await readBack(zip)).source).toMatchObject({ member: 'a.csv', members: ['a.csv', 'b.csv'] });
    expect((await readBack(zip, { member: 'b.csv' })).table).toEqual([
      ['x', 'y'],
      ['1', '2'],
      ['3', '4'],
    ]);
    await expect(readBack(zip, { member: 'c.csv' })).rejects.toThrow('it holds a.csv, b.csv');
  });
  it('reads what is compressed inside, in other encodings, and of other kinds', async () => {
    expect((await readBack(await zipOf({ 'a.csv.gz': gzipSync(csv) }))).table).toEqual(table);
    expect((await readBack(await zipOf({ 'a.csv': Buffer.from(csv, 'latin1') }))).table).toEqual(table);
    expect((await readBack(gzipSync(await zipOf({ 'a.csv': csv })))).table).toEqual(table);
    const json = await readBack(await zipOf({ 'a.json': '[{"name":"Müsli","amount":1}]' }));
    expect(json.table).toEqual(table.slice(0, 2));
    expect(json.source).toMatchObject({ format: 'json', member: 'a.json' });
  });
  it('refuses an archive in an archive', async () => {
    const inner = await zipOf({ 'a.csv': csv });
    await expect(readBack(await zipOf({ 'a.zip': inner }))).rejects.toThrow('an archive inside another');
  });
  it('refuses names that lead out of the archive', async () => {
    const zip = await zipOf({ 'aa/aa.csv': csv });
    const bad = Buffer.from(zip.toString('latin1').replaceAll('aa/aa.csv', '../aa.csv'), 'latin1');
    await expect(readBack(bad)).rejects.toThrow('names a file outside of itself');
  });
  it('refuses what is damaged, empty or far larger than it came', async () => {
    const zip = await zipOf({ 'a.csv': csv.repeat(1000) });
    await expect(readBack(zip.subarray(0, zip.length / 2))).rejects.toThrow('damaged or cut off');
    const wrong = Buffer.from(zip);
    wrong.fill(0xff, 60, 90);
    await expect(readBack(wrong)).rejects.toThrow('damaged or cut off');
    await expect(readBack(await zipOf({}))).rejects.toThrow('holds no file');
    const bomb = Buffer.alloc(20_000_000, 'a,b\n');
    await expect(readBack(await zipOf({ 'a.csv': bomb }))).rejects.toThrow('MAX_UNPACKED_RATIO');
    await expect(readBack(gzipSync(bomb))).rejects.toThrow('MAX_UNPACKED_RATIO');
  });
  it('refuses documents of other programs by name', async () => {
    await expect(
      readBack(await zipOf({ mimetype: 'x', 'content.xml': '<document><body><text/></body></document>' })),
    ).rejects.toThrow('OpenDocument');
    await expect(readBack(await zipOf({ '[Content_Types].xml': 'x', 'word/document.xml': 'x' }))).rejects.toThrow(
      'Office',
    );
  });
  it('refuses a choice where there is none', async () => {
    await expect(readBack(csv, { sheet: 'a' })).rejects.toThrow('holds no sheet "a"');
    await expect(readBack(csv, { member: 'a' })).rejects.toThrow('no archive');
  });
});
