import { afterAll, describe, expect, it } from 'vitest';
import type { ImportReport } from '@/lib/contract/report';
import { loadPool } from '@/lib/db/pool';
import { dryRun } from './received.fixture';

afterAll(() => loadPool.end());

it('stages products with what the file says of them, and nothing where it is silent', async () => {
  const found = await dryRun(
    [
      'product_id,product_name,brand,manufacturer,department,category,pack_size,pack_unit,organic',
      "0070,Tea,Florida's Natural,M1,Food,Tea,250 g,,yes",
      '0071,,,,,,,,',
      '0072,Juice,B2,M1,Food,Juice,1.5,L,no',
      '0073,Juice,B2,M1,Food,Juice,a lot,,no',
      '0074,Juice,B2,M1,Food,Tea,,,no',
    ].join('\n'),
  );
  expect(found.import).toMatchObject({
    kind: 'products',
    state: 'validated',
    rows_in: 5,
    rows_accepted: 5,
    total_amount: null,
    grain: null,
  });
  expect(found.members.map(({ code, fields }) => [code, fields])).toEqual([
    [
      '0070',
      {
        name: 'Tea',
        brand: "Florida's Natural",
        manufacturer: 'M1',
        category: ['Food', 'Tea'],
        pack_size: '0.25',
        pack_unit: 'kg',
        attributes: { organic: 'yes' },
      },
    ],
    ['0071', {}],
    ['0072', expect.objectContaining({ pack_size: '1.5', pack_unit: 'l' })],
    ['0073', expect.not.objectContaining({ pack_size: expect.anything() })],
    ['0074', expect.anything()],
  ]);
  expect(found.import.report.warnings).toMatchObject([
    { rule: 'missing_category', count: 1, rows: [3] },
    { rule: 'pack_size', count: 1, rows: [5] },
  ]);
  expect(found.import.report.newMembers).toEqual({ product: 5, brand: 2, manufacturer: 1, category: 3 });
});

it('takes the first row of a code, rejects and reports the others', async () => {
  const found = await dryRun(
    [
      'store_id,store_name,region',
      '0001,One,North',
      '1,Other,North',
      '0001,One,South',
      '0001,One,North',
      ',Nameless,North',
    ].join('\n'),
  );
  expect(found.import).toMatchObject({ kind: 'stores', rows_in: 5, rows_accepted: 2, rows_rejected: 3 });
  expect(found.members.map(({ code, fields }) => [code, fields['region']])).toEqual([
    ['0001', 'North'],
    ['1', 'North'],
  ]);
  expect(found.import.report.duplicates).toEqual([{ code: '0001', rows: [2, 4, 5] }]);
  expect(found.rejects.map(({ row_no, column_name, reason }) => [row_no, column_name, reason])).toEqual([
    [4, 'store_id', 'This store is described already by row 2, which counts'],
    [5, 'store_id', 'The same as row 2'],
    [6, 'store_id', 'The store id is missing; each row needs one'],
  ]);
});

describe('a brand under several manufacturers', () => {
  const shared = (report: ImportReport) => report.warnings.filter(({ rule }) => rule === 'brand_manufacturers');

  it('is warned of, with the one under the most as the example', async () => {
    const found = await dryRun(
      [
        'product_id,brand,manufacturer',
        ...['1,National,M4', '2,National,M2', '3,National,M3', '4,National,M1', '5,National,M1'],
        ...['6,Private,M1', '7,Private,M2', '8,Own,M1', '9,Own,M1', '10,Own,', '11,,M1', '12,,M2'],
      ].join('\n'),
    );
    expect(shared(found.import.report)).toEqual([
      {
        rule: 'brand_manufacturers',
        message:
          'A brand belongs to one manufacturer, but the file gives "National" to 4 (M1, M2, M3 …); all its sales would ' +
          'count for one of them. Does "brand" hold the brand?',
        count: 2,
        rows: [],
      },
    ]);
  });

  it('is warned of among lines as well', async () => {
    const lines = ['date,brand,manufacturer,amount', '2024-01-05,X,M1,1', '2024-01-06,X,M2,1', '2024-01-06,Y,M2,1'];
    const found = await dryRun(lines.join('\n'));
    expect(shared(found.import.report)).toMatchObject([
      { message: expect.stringContaining('gives "X" to 2 (M1, M2); all') as string, count: 1 },
    ]);
  });
});
