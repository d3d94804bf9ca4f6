import { Readable } from 'node:stream';
import { afterAll, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { checkFile } from '@/lib/ingest/check';
import { publish } from '@/lib/ingest/publish';
import { readImport } from '@/lib/ingest/read';
import { receiveFile } from '@/lib/ingest/receive';
import { FakeServer } from '../client/fake-server.fixture';
import { made, newWorkspace, ran } from '../trial.fixture';
import { convertExport } from './export';

afterAll(async () => {
  await loadPool.end();
  await db.$disconnect();
});

const old = `\uFEFFHandle,Title,Body (HTML),Vendor,Type,Tags,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Price,Image Src
pot,Clay Pot,"<p>Pot,
for plants</p>",Claymen,Outdoor,"Pot, Plants",Size,Regular,Colour,Red,,9.99,a.jpg
pot,,,,,,,Large,,Blue,POT-L,15.99,b.jpg
pot,,,,,,,,,,,,c.jpg
light,Copper Light,,Lumen,Indoor,,Title,Default Title,,,L-1,59.99,
`;
const again = 'light-2,Copper Light again,,Lumen,Indoor,,Title,Default Title,,,L-1,59.99,\n';
const renamed = `Title,URL handle,Description,Vendor,Product category,Type,Tags,SKU,Barcode,Option1 name,Option1 value,Price,Compare-at price
Clay Pot,pot,Pot,Claymen,,Outdoor,,POT-R,,Size,Regular,9.99,
,pot,,,,,,POT-L,,,Large,15.99,
`;

it('a product export becomes a product file, in either form that it has had', async () => {
  const server = await FakeServer.start({
    '/old.csv': (_, response) => void response.end(old),
    '/renamed.csv': (_, response) => void response.end(renamed),
    '/broken.csv': (_, response) => void response.end(`${old}"never closed`),
  });
  const load = async (path: string) => {
    const w = await newWorkspace();
    const source = { kind: 'http', url: `${server.origin}${path}` };
    const run = await ran(w, await made(w, { name: 'Export', source, publish: true }));
    const found = await db.product.findMany({
      where: { workspaceId: w },
      include: { brand: true },
    });
    const told = found.map(({ code, name, brand, attributes }) => [code, name, brand?.name, attributes]);
    return { run, found: told.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)) };
  };
  const first = await load('/old.csv');
  expect(first.run).toMatchObject({ state: 'done', notes: [] });
  expect(first.found).toEqual([
    ['L-1', 'Copper Light', 'Lumen', {}],
    ['POT-L', 'Clay Pot – Large / Blue', 'Claymen', { Size: 'Large', Colour: 'Blue' }],
    ['pot / Regular / Red', 'Clay Pot – Regular / Red', 'Claymen', { Size: 'Regular', Colour: 'Red' }],
  ]);
  expect((await load('/renamed.csv')).found).toEqual([
    ['POT-L', 'Clay Pot – Large', 'Claymen', { Size: 'Large' }],
    ['POT-R', 'Clay Pot – Regular', 'Claymen', { Size: 'Regular' }],
  ]);
  const broken = await load('/broken.csv');
  expect(broken.run.notes).toEqual([
    expect.stringMatching(
      /^broken.csv: The product export cannot be read as CSV, line 7: A quote is opened and never closed; /,
    ),
  ]);
  await server.stop();
});

it('uploaded, it becomes the same product file; any other file stays what it is', async () => {
  const w = await newWorkspace();
  const receive = (text: string, encoding: BufferEncoding = 'utf8') =>
    receiveFile({
      workspaceId: w,
      userId: null,
      fileName: 'products_export.csv',
      body: Readable.from([Buffer.from(text, encoding)]),
      convert: convertExport,
    });
  const id = await receive(old);
  const { kind, mapping, detected } = await readImport(w, id);
  expect(kind).toBe('products');
  expect(mapping?.columns).toEqual({
    product: 'product',
    product_name: 'product_name',
    brand: 'brand',
    category_1: 'category_1',
  });
  expect(mapping?.attributes).toEqual(['Colour', 'Size'].map((column) => ({ column, of: 'product' })));
  expect(detected?.preview[0]?.slice(0, 4)).toEqual([
    'pot / Regular / Red',
    'Clay Pot – Regular / Red',
    'Claymen',
    'Outdoor',
  ]);
  await checkFile({ workspaceId: w, importId: id, mapping: mapping! });
  expect(await readImport(w, id)).toMatchObject({ state: 'validated', rowsAccepted: 3, rowsRejected: 0 });
  await publish({ workspaceId: w, importId: id, userId: null });
  await expect(receive(old)).rejects.toThrow(/products_export.csv/);
  await expect(receive(`${old}"never closed`)).rejects.toThrow(/cannot be read as CSV, line 7: A quote is opened/);
  await expect(receive(`${old}pot,"Pot" red,`)).rejects.toThrow(/line 7: Text follows a closing quote/);
  const repeated = await receive(old + again);
  await checkFile({ workspaceId: w, importId: repeated, mapping: (await readImport(w, repeated)).mapping! });
  expect(await readImport(w, repeated)).toMatchObject({ rowsIn: 4, rowsAccepted: 3, rowsRejected: 1 });
  const plain = await receive('product_id,brand\n1,A\n');
  expect((await readImport(w, plain)).detected?.columns.map(({ name }) => name)).toEqual(['product_id', 'brand']);

  // Saved by a spreadsheet, and with a row that names no product: it is told, not left out.
  const saved = renamed.replace('Clay Pot', 'Tö pfern') + ',,,,,,,,,Lid,1.99,\n';
  const latin = await receive(saved, 'latin1');
  const read = await readImport(w, latin);
  expect(read.detected?.preview[0]?.[1]).toBe('Tö pfern – Regular');
  await checkFile({ workspaceId: w, importId: latin, mapping: read.mapping! });
  expect(await readImport(w, latin)).toMatchObject({ rowsIn: 3, rowsAccepted: 2, rowsRejected: 1 });
});
