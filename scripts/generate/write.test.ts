import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { generateLines, linesByDay } from './lines';
import { Totals } from './truth';
import { buildWorld } from './world';
import { transactionColumns, transactionRows, writeFiles } from './write';

// Each test reads many lines; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const textOf = (seed: number) => [...transactionRows(buildWorld({ lines: 20_000, seed }), new Totals())].join('');
const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const cents = (text: string) => Math.round(Number(text) * 100);

describe('a seed', () => {
  it('gives the same bytes each time, another seed others', () => {
    const one = hash(textOf(1));
    expect(hash(textOf(1))).toBe(one);
    expect(hash(textOf(2))).not.toBe(one);
  });
});

describe('the lines one by one', () => {
  it('are those of the files', async () => {
    const world = buildWorld({ lines: 20_000, seed: 4 });
    const fromDays = new Totals();
    for (const day of linesByDay(world)) for (const line of day) fromDays.add(line);
    const oneByOne = new Totals();
    for await (const line of generateLines(world)) oneByOne.add(line);
    expect(oneByOne).toEqual(fromDays);
    expect(oneByOne.lines).toBeGreaterThan(19_000);
  });
});

describe('the files', () => {
  const totals = new Totals();
  let folder = '';
  let rows: Record<(typeof transactionColumns)[number], string>[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'generate-'));
    const world = buildWorld({ lines: 20_000, seed: 4 });
    await writeFiles(world, totals, folder);
    const [head, ...lines] = gunzipSync(await readFile(join(folder, 'transactions.csv.gz')))
      .toString()
      .trimEnd()
      .split('\n');
    expect(head).toBe(transactionColumns.join(','));
    rows = lines.map((line) => {
      const cells = line.split(',');
      return Object.fromEntries(transactionColumns.map((name, i) => [name, cells[i]!])) as (typeof rows)[number];
    });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('hold what truth.json says was written', async () => {
    const { written, ...truth } = JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8')) as {
      written: Record<string, number | string>;
      seed: number;
      events: { kind: string; date: string; products: string[] }[];
    };
    const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0);
    expect(written).toEqual({
      lines: rows.length,
      anonymousLines: rows.filter((row) => row.loyalty_id === '').length,
      returnLines: rows.filter((row) => row.is_return === '1').length,
      promotedLines: rows.filter((row) => row.price_reduction === '1' || row.feature === '1' || row.display === '1')
        .length,
      receipts: new Set(rows.map((row) => `${row.date}/${row.store_id}/${row.receipt_id}`)).size,
      units: sum((row) => Number(row.quantity)),
      amount: (sum((row) => cents(row.amount)) / 100).toFixed(2),
      identifiedAmount: (sum((row) => (row.loyalty_id === '' ? 0 : cents(row.amount))) / 100).toFixed(2),
      shoppers: new Set(rows.flatMap((row) => row.loyalty_id || [])).size,
    });
    expect(truth.seed).toBe(4);
    expect(truth.events.map(({ kind, date }) => `${kind} ${date}`)).toEqual([
      'launch 2025-02-03',
      'price rise 2025-03-03',
      'distribution loss 2025-04-28',
      'delisting 2025-06-30',
    ]);
    const launched = new Set(truth.events[0]!.products);
    const first = rows.find((row) => launched.has(row.product_id));
    expect(first!.date >= '2025-02-03').toBe(true);
  });

  it('stand in order of time, the lines of a receipt together, with one shopper and one moment each', () => {
    const moments = rows.map((row) => `${row.date} ${row.time}`);
    expect(moments).toEqual([...moments].sort());
    const receipts = new Map<string, string>();
    let runs = 0;
    let last = '';
    for (const row of rows) {
      const key = `${row.date}/${row.store_id}/${row.receipt_id}`;
      if (key !== last) runs++;
      last = key;
      receipts.set(key, `${row.time} ${row.loyalty_id}`);
    }
    expect(runs).toBe(receipts.size);
    const strays = rows.filter(
      (row) => receipts.get(`${row.date}/${row.store_id}/${row.receipt_id}`) !== `${row.time} ${row.loyalty_id}`,
    );
    expect(strays).toEqual([]);
  });

  it('charge units × price, in exact cents; returns are negative and flagged', () => {
    const wrong = rows.filter((row) => {
      const units = Number(row.quantity);
      const price = cents(row.amount) / units;
      const reduced = row.price_reduction === '1';
      return (
        !Number.isInteger(units) ||
        !Number.isInteger(price) ||
        (reduced ? price >= cents(row.base_price) : price !== cents(row.base_price)) ||
        !/^-?\d+\.\d\d$/.test(row.amount) ||
        (row.is_return === '1') !== units < 0
      );
    });
    expect(wrong).toEqual([]);
  });

  it('name products and stores of the other two files, and describe each shopper in one way', async () => {
    const codes = async (file: string) =>
      new Set(
        (await readFile(join(folder, file), 'utf8'))
          .trimEnd()
          .split('\n')
          .slice(1)
          .map((row) => row.split(',')[0]!),
      );
    const products = await codes('products.csv');
    const stores = await codes('stores.csv');
    expect(rows.filter((row) => !products.has(row.product_id) || !stores.has(row.store_id))).toEqual([]);
    const people = new Set(
      rows.map((row) => [row.loyalty_id, row.age_band, row.household_size, row.income_band].join()),
    );
    expect(people.size).toBe(totals.shoppers + 1);
    expect(people.has(',,,')).toBe(true);
  });
});
