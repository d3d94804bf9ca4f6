import { createReadStream, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { mapping as mappingShape, type Mapping } from '@/lib/contract/imports';
import { loadPool } from '@/lib/db/pool';
import { checkFile } from './check';
import { RecordSplitter } from '@/lib/tables/records';
import { dryRun, importRow, newWorkspace, receiveText, type ImportRow } from './received.fixture';

// Published data sets, from file to dry run. They are no part of the project: BRANDLENS_SAMPLES names their folder.

const samples = process.env['BRANDLENS_SAMPLES'];
afterAll(() => loadPool.end());

const at = (path: string): string => join(samples ?? '', path);

/** The dry run with the mapping as proposed, changed where given. */
async function run(path: string, change: Partial<Mapping> = {}): Promise<ImportRow> {
  const workspaceId = await newWorkspace();
  const id = await receiveText(workspaceId, createReadStream(at(path)), basename(path));
  const { mapping } = await importRow(workspaceId, id);
  await checkFile({ workspaceId, importId: id, mapping: mappingShape.parse({ ...mapping, ...change }) });
  const row = await importRow(workspaceId, id);
  await loadPool.query('DELETE FROM staged_line WHERE workspace_id = $1', [workspaceId]);
  return row;
}

describe.skipIf(!samples)('published data (needs BRANDLENS_SAMPLES)', () => {
  it('weekly scanner data with promotions', async () => {
    const found = await run('breakfast-at-the-frat/transactions.csv.gz');
    expect(found).toMatchObject({
      state: 'validated',
      kind: 'transactions',
      grain: 'week',
      rows_in: 524_950,
      rows_rejected: 0,
      total_units: '10293354.000',
      total_amount: '27927722.5800',
      date_from: '2009-01-14',
      date_to: '2012-01-04',
    });
    expect(found.mapping.columns).toMatchObject({
      feature: 'FEATURE',
      display: 'DISPLAY',
      price_reduction: 'TPR_ONLY',
      base_price: 'BASE_PRICE',
    });
    expect(found.report.newMembers).toEqual({ product: 55, store: 77 });
  });

  it('a store list that holds two stores twice, and its products', async () => {
    const stores = await run('breakfast-at-the-frat/stores.csv');
    expect(stores).toMatchObject({ kind: 'stores', rows_in: 79, rows_accepted: 77, rows_rejected: 2 });
    expect(stores.report.duplicates).toEqual([
      { code: '4503', rows: [24, 79] },
      { code: '17627', rows: [41, 80] },
    ]);
    const products = await run('breakfast-at-the-frat/products.csv');
    expect(products).toMatchObject({ kind: 'products', rows_accepted: 58, rows_rejected: 0 });
    expect(products.report.newMembers).toEqual({ product: 58, manufacturer: 17, category: 11 });
  });

  it('loyalty card lines', async () => {
    const found = await run('complete-journey/transactions_sample.csv.gz');
    expect(found).toMatchObject({
      state: 'validated',
      rows_in: 75_000,
      rows_rejected: 0,
      total_amount: '233935.2400',
      grain: 'receipt',
    });
    expect(found.report.newMembers).toMatchObject({ shopper: 2377, store: 293 });
  });

  it('unit price × quantity with returns', async () => {
    const found = await run('online-retail/online_retail.csv.gz', { negatives: 'returns' });
    expect(found).toMatchObject({
      state: 'validated',
      rows_in: 541_909,
      rows_rejected: 0,
      total_amount: '9747747.9340',
    });
    expect(found.mapping).toMatchObject({
      amountFrom: 'unit_price',
      attributes: [{ column: 'Country', of: 'shopper' }],
    });
    expect(found.report).toMatchObject({ neededScale: 3, newMembers: { shopper: 4372 } });
  }, 120_000);

  it('brand names with an apostrophe, the date made of the week number', async () => {
    const text = gunzipSync(readFileSync(at('brand-panels/orange_juice_store_week.csv.gz'))).toString();
    const [header, ...rows] = text
      .trimEnd()
      .split('\n')
      .filter((_, row) => row % 10 < 2 || row === 0);
    const dated = rows.map((row) => {
      const date = new Date(Date.UTC(1989, 8, 14) + (Number(row.split(',')[1]) - 1) * 7 * 86_400_000);
      return `${date.toISOString().slice(0, 10)},${row}`;
    });
    const found = await dryRun([`week_start,${header}`, ...dated].join('\n'));
    expect(found.import).toMatchObject({ state: 'validated', grain: 'week', rows_in: rows.length, rows_rejected: 0 });
    expect(new Set(found.lines.map((line) => line['brand']))).toContain("Florida's Natural 64");
  });

  it('the CSV cases that every reader should know', () => {
    const folder = at('csv-cases/csv-spectrum');
    for (const name of readdirSync(join(folder, 'csvs')).map((file) => basename(file, '.csv'))) {
      let text = readFileSync(join(folder, 'csvs', `${name}.csv`), 'utf8');
      if (name.endsWith('_crlf')) text = text.replace(/\r?\n/g, '\r\n');
      const records: string[][] = [];
      const splitter = new RecordSplitter({ delimiter: ',', quote: '"' });
      splitter.push(text, ({ fields }) => records.push(fields));
      splitter.end(({ fields }) => records.push(fields));
      const [header = [], ...rows] = records;
      const objects = rows.map((row) => Object.fromEntries(header.map((column, index) => [column, row[index]])));
      const wanted: unknown = JSON.parse(readFileSync(join(folder, 'json', `${name}.json`), 'utf8'));
      // This case's JSON names another telephone number than its CSV, and no list.
      if (name === 'location_coordinates') expect(objects).toMatchObject([{ Cities: 'Modesto' }]);
      else expect(objects, name).toEqual(wanted);
    }
  });
});
