import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace } from '@/lib/access/create-workspace';
import type { Exported } from '@/lib/contract/export';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { publish } from '@/lib/ingest/publish';
import { dryRun } from '@/lib/ingest/received.fixture';
import { asCsv } from './csv';
import { openExport, type Asked } from './pages';
import { asParquet } from './parquet';

let workspaceId: number;

const load = async (id: number, text: string, change = {}) => {
  const found = await dryRun(text, change, { workspaceId: id });
  expect(found.rejects).toEqual([]);
  await publish({ workspaceId: id, importId: found.id, userId: null });
};
const products =
  `product_id,product_name,brand,manufacturer,category,pack_size,pack_unit,"Colour, main",brewer's\n` +
  'P1,"=Roast, dark",Alba,Acme,Drinks > Coffee,0.25,kg,red,yes\n' +
  `P2,"''@home",-Brio,+Acme,=Drinks > Coffee,,,-blue,no\n` +
  '007,Tea,Brio,Bravo,Drinks > Tea,,,,yes\n';
const stores = 'store_id,store_name,region,channel\nS1,One,North,Super\nS2,Two,South,Corner\n';
const lines =
  'date,time,store,receipt,shopper,product,units,amount,promotion\n' +
  '2024-01-05,08:15:00,S1,r1,a,P1,1,2.5,true\n2024-01-05,08:15:00,S1,r1,a,007,2.125,3.1,false\n' +
  '2024-02-06,19:00:00,S2,r2,9007199254740993,007,-1,-1.55,false\n2024-02-07,12:30:00,S2,r3,,P1,3,7.5,true\n';

beforeAll(async () => {
  workspaceId = await createWorkspace({ name: 'Out', slug: `out-${process.pid}-${Date.now()}` });
  await load(workspaceId, products);
  await load(workspaceId, stores);
  await load(workspaceId, lines, { negatives: 'returns' });
});
afterAll(async () => {
  await loadPool.end();
  await db.$disconnect();
});

const csvOf = async (of: Exported, asked: Partial<Asked> = {}): Promise<string> => {
  let text = '';
  for await (const piece of asCsv(await openExport({ workspaceId, of, shoppers: true, ...asked }))) text += piece;
  return text;
};
const parquetOf = async (of: Exported, asked: Partial<Asked> = {}) => {
  const pieces: Uint8Array[] = [];
  for await (const piece of asParquet(await openExport({ workspaceId, of, shoppers: true, ...asked })))
    pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  return parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) });
};

describe('what is exported', () => {
  it('is every line, exactly, with formulas made harmless', async () => {
    const [head, ...rows] = (await csvOf('lines')).trimEnd().split('\r\n');
    expect(head).toBe(
      'date,time,store,region,channel,receipt,shopper,product,product_name,brand,category,units,amount,base_amount,promotion,is_return,import,row',
    );
    expect(rows.map((row) => row.replace(/,\d+,\d+$/, ''))).toEqual([
      `2024-01-05,08:15:00,S1,North,Super,r1,a,P1,"'=Roast, dark",Alba,Drinks > Coffee,1,2.5,,true,false`,
      '2024-01-05,08:15:00,S1,North,Super,r1,a,007,Tea,Brio,Drinks > Tea,2.125,3.1,,false,false',
      '2024-02-06,19:00:00,S2,South,Corner,r2,9007199254740993,007,Tea,Brio,Drinks > Tea,-1,-1.55,,false,true',
      `2024-02-07,12:30:00,S2,South,Corner,r3,,P1,"'=Roast, dark",Alba,Drinks > Coffee,3,7.5,,true,false`,
    ]);
    expect(await csvOf('lines', { from: '2024-02-07' })).toContain('2024-02-07');
    expect((await csvOf('lines', { from: '2024-02-07', to: '2024-02-29' })).trimEnd().split('\r\n')).toHaveLength(2);
  });

  it('leaves out who bought for those who may not know', async () => {
    expect(await csvOf('lines', { shoppers: false })).not.toContain('9007199254740993');
    await expect(csvOf('shoppers', { shoppers: false })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await csvOf('shoppers')).toBe('shopper\r\na\r\n9007199254740993\r\n');
  });

  it('is refused with a field where dates make no sense', async () => {
    await expect(csvOf('stores', { to: '2024-01-01' })).rejects.toMatchObject({
      details: [{ field: 'to', message: 'must be left out' }],
    });
    await expect(csvOf('lines', { from: '2024-02-01', to: '2024-01-01' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('is the same as Parquet, dates as dates and amounts as decimals', async () => {
    const rows = await parquetOf('lines');
    expect(
      rows.map(({ date, units, amount, is_return: back, product, shopper }) => [
        date,
        units,
        amount,
        back,
        product,
        shopper,
      ]),
    ).toEqual([
      [new Date('2024-01-05'), 1, 2.5, false, 'P1', 'a'],
      [new Date('2024-01-05'), 2.125, 3.1, false, '007', 'a'],
      [new Date('2024-02-06'), -1, -1.55, true, '007', '9007199254740993'],
      [new Date('2024-02-07'), 3, 7.5, false, 'P1', null],
    ]);
    const sales = await parquetOf('sales', { from: '2024-01-01', to: '2024-01-31' });
    const ofTea = sales.find(({ category, brand }) => category === 'Drinks > Tea' && brand === 'Brio');
    expect(ofTea).toMatchObject({
      month: new Date('2024-01-01'),
      value_sales: 3.1,
      unit_sales: 2.125,
      trips: 1n,
      buyers: 1n,
    });
    // At every level, the buyers of all categories those of any.
    const ofAll = sales
      .filter(({ level }) => level === 0n)
      .map(({ category, brand, buyers }) => [category, brand, buyers]);
    expect(ofAll).toEqual([
      ['All categories', 'Alba', 1n],
      ['All categories', 'Brio', 1n],
    ]);
    expect(await parquetOf('lines', { from: '2030-01-01' })).toEqual([]);
  });

  it('gives the same workspace when it is loaded again', async () => {
    const again = await createWorkspace({ name: 'In', slug: `in-${process.pid}-${Date.now()}` });
    await load(again, await csvOf('stores'));
    const given = await csvOf('products');
    expect(given).toContain(`pack_unit,"Colour, main",brewer's\r\n`);
    expect(given).toContain("P2,''@home,'-Brio,'+Acme,'=Drinks > Coffee,,,'-blue,no");
    await load(again, given);
    await load(again, await csvOf('lines'), { negatives: 'returns' });
    expect(await csvOf('products', { workspaceId: again })).toBe(given);
    const rows = async (id: number) => (await csvOf('lines', { workspaceId: id })).replace(/,\d+,(\d+)\r/g, ',$1\r');
    expect(await rows(again)).toBe(await rows(workspaceId));
    expect(await csvOf('sales', { workspaceId: again })).toBe(await csvOf('sales'));
  });

  it('breaks off when the data changes meanwhile', async () => {
    const { pages } = await openExport({ workspaceId, of: 'lines', shoppers: true });
    await loadPool.query('UPDATE workspace SET data_version = data_version + 1 WHERE id = $1', [workspaceId]);
    await expect(pages.next()).rejects.toMatchObject({ code: 'conflict' });
  });
});
