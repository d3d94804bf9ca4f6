import { afterAll, describe, expect, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { act, products } from '@/lib/ingest/examples.fixture';
import { publish } from '@/lib/ingest/publish';
import { dryRun, receiveText, recheck, importRow } from '@/lib/ingest/received.fixture';
import { newWorkspace, numbersOf, stageMembers } from '@/lib/ingest/staged.fixture';

afterAll(() => loadPool.end());

const columns = { date: 'day', product: 'sku', amount: 'paid' };
const text = [
  'day,shop,till,slip,sku,text,paid',
  '2024-01-02,A,1,7,x,Coca-Cola Zero 330,1.50',
  '2024-01-02,A,2,7,x,Coca-Cola Zero 330,1.50',
  '2024-01-02,A,,7,y,COCA COLA 1 L,2.00',
  '2024-01-03,B,1,8,z,Somebody else,3.00',
].join('\n');

describe('a field that no column gives', () => {
  it('is the same text in every row, as if a column held it', async () => {
    const { lines, import: row } = await dryRun(text, {
      columns,
      attributes: [],
      made: { store: { constant: 'Web shop' }, channel: { constant: 'Online' }, units: { constant: '2' } },
    });
    expect(row).toMatchObject({ state: 'validated', rows_accepted: 4, total_units: '8.000' });
    expect(row.report.newMembers).toMatchObject({ store: 1, channel: 1 });
    expect(row.report.warnings.map(({ rule }) => rule)).not.toContain('units_missing');
    expect(lines.map(({ store, channel, units }) => [store, channel, units])).toEqual(
      Array.from({ length: 4 }, () => ['Web shop', 'Online', '2.000']),
    );
  });

  it('joins columns: an id needs all of them, a name takes those that are there', async () => {
    const { lines } = await dryRun(text, {
      columns,
      attributes: [],
      made: {
        receipt: { join: ['shop', 'till', 'slip'], with: '/' },
        product_name: { join: ['till', 'text'], with: ' ' },
      },
    });
    expect(lines.map(({ receipt }) => receipt)).toEqual(['A/1/7', 'A/2/7', null, 'B/1/8']);
    expect(lines.map(({ product_name: name }) => name)).toEqual([
      '1 Coca-Cola Zero 330',
      '2 Coca-Cola Zero 330',
      'COCA COLA 1 L',
      '1 Somebody else',
    ]);
  });

  it('is calculated, or a piece of a text; what cannot be is rejected by the columns that it is made of', async () => {
    const {
      lines,
      rejects,
      import: row,
    } = await dryRun(
      'day,place,item,price,pack,n\n2024-01-02,N-1,AB12,$1.50,6,2\n2024-01-02,N-2,AB13,$10,x,1\n2024-01-02,S-2,CD1,$1,3,1\n',
      {
        columns: { date: 'day', product: 'item' },
        amountFrom: 'amount',
        attributes: [],
        made: {
          amount: { calculate: ['price', '*', 'n'] },
          units: { calculate: ['n', '*', 'pack'] },
          store: { part: 'place', before: '-' },
          brand: { part: 'item', first: 2 },
        },
      },
    );
    expect(lines.map(({ amount, units, store, brand }) => [amount, units, store, brand])).toEqual([
      ['3.0000', '12.000', 'N', 'AB'],
      ['1.0000', '3.000', 'S', 'CD'],
    ]);
    expect(rejects).toMatchObject([{ row_no: 3, column_name: 'n × pack → units' }]);
    expect(row).toMatchObject({ total_units: '15.000', total_amount: '4.0000' });
  });

  it('is a date of three columns, in the order of days and months that the whole file shows', async () => {
    const { lines, import: row } = await dryRun('d,m,y,sku,paid\n01,02,2024,a,1\n13,02,2024,b,2\n', {
      columns: { product: 'sku', amount: 'paid' },
      made: { date: { join: ['d', 'm', 'y'], with: '/' } },
    });
    expect(lines.map(({ date }) => date)).toEqual(['2024-02-01', '2024-02-13']);
    expect(row.report.warnings.map(({ rule }) => rule)).toContain('date_order');
  });

  it('is the longest name of a brand of the workspace that a description holds', async () => {
    const w = await newWorkspace();
    await publish(
      act(
        w,
        await stageMembers(w, 'products', { p1: { brand: 'Coca-Cola' }, p2: { brand: 'Coca-Cola Zero' }, p3: {} }),
      ),
    );
    const made = { brand: { brandIn: 'text' } };
    const id = await receiveText(w, text, 'a.csv');
    const { lines, import: row } = await recheck(w, id, { columns, attributes: [], made });
    expect(lines.map(({ brand }) => brand)).toEqual(['Coca-Cola Zero', 'Coca-Cola Zero', 'Coca-Cola', null]);
    expect(row.report.warnings).toContainEqual(
      expect.objectContaining({ rule: 'brand_not_found', count: 1, rows: [5] }),
    );
    await publish(act(w, id));
    expect(await products(w)).toContain('y | y | Coca-Cola | - | All categories');
    expect(await products(w)).toContain('z | z | (no brand) | - | All categories');
    // And is remembered with the rest.
    const next = await receiveText(w, text.replaceAll('2024-01', '2024-02').replace('text', 'TEXT'), 'b.csv');
    expect((await importRow(w, next)).mapping.made).toEqual({ brand: { brandIn: 'TEXT' } });
  });

  it('gives the same numbers as a file that holds it', async () => {
    const [w, v] = [await newWorkspace(), await newWorkspace()];
    const written = text
      .split('\n')
      .map((line, at) => `${line},${at === 0 ? 'wo' : 'Web shop'}`)
      .join('\n');
    const a = await receiveText(w, text, 'a.csv');
    await recheck(w, a, { columns, attributes: [], made: { store: { constant: 'Web shop' } } });
    const b = await receiveText(v, written, 'a.csv');
    await recheck(v, b, { columns: { ...columns, store: 'wo' }, attributes: [] });
    await publish(act(w, a));
    await publish(act(v, b));
    expect(await numbersOf(w)).toEqual(await numbersOf(v));
  });

  it('names what it is made of where a row is rejected for it', async () => {
    const { rejects } = await dryRun(text, {
      columns: { product: 'sku', amount: 'paid' },
      attributes: [],
      made: { date: { join: ['till', 'slip'], with: '-' } },
    });
    expect(rejects[0]).toMatchObject({ row_no: 2, column_name: 'till + slip → date' });
  });

  it.each<[string, object, string]>([
    ['a field that is none', { colour: { constant: 'red' } }, 'colour: no field of a transactions file'],
    ['a field that is read from a column', { amount: { constant: '1' } }, 'amount: read from a column already'],
    [
      'a column that is not there',
      { receipt: { join: ['shop', 'nil'], with: '-' } },
      'receipt: the file has no column "nil"',
    ],
    ['a store found in a text', { store: { brandIn: 'text' } }, 'store: only the brand can be looked for'],
    ['units that are no number', { units: { constant: 'many' } }, 'units: a number is required'],
    ['a flag that is neither', { promoted: { constant: 'perhaps' } }, 'promoted: neither yes nor no'],
  ])('is refused: %s', async (_, made, sentence) => {
    const { import: row } = await dryRun(text, { columns, attributes: [], made: made as never });
    expect(row.state).toBe('failed');
    expect(row.error).toContain(sentence);
  });

  it('is refused where every row would have a date that is none', async () => {
    const made = { date: { constant: 'January' } };
    const { import: row } = await dryRun(text, { columns: { product: 'sku', amount: 'paid' }, attributes: [], made });
    expect(row.error).toContain('date: no date; write it like 2024-03-31');
  });
});
