import { afterAll, describe, expect, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { GOOD, columnsOf, file, rejected, warning, workspaceWithLines } from './checked.fixture';
import { dryRun, type Outcome } from './received.fixture';

afterAll(() => loadPool.end());

const warned = ({ import: { report } }: Outcome): string[] => report.warnings.map(({ rule }) => rule);

describe('returns', () => {
  const rows = [GOOD, '2024-01-05,S1,P1,B1,-1,-2.50', '2024-01-05,S1,P1,B1,1,-0.50', '2024-01-05,S1,P1,B1,-3,0'];
  it('are faults unless the mapping allows them', async () => {
    expect((await dryRun(file(rows), { negatives: 'reject' })).import).toMatchObject({
      rows_accepted: 1,
      rows_rejected: 3,
    });
    const found = await dryRun(file(rows), { negatives: 'returns' });
    expect(found.import).toMatchObject({
      rows_accepted: 4,
      rows_rejected: 0,
      total_units: '-1.000',
      total_amount: '2.0000',
    });
    expect(found.lines.map((line) => line['is_return'])).toEqual([false, true, true, true]);
  });
  it('may be named by a column; positive values are then taken out', async () => {
    const found = await dryRun(
      file(
        ['2024-01-05,P1,2,5,no', '2024-01-05,P1,1,2.5,yes', '2024-01-05,P1,-1,-1,yes', '2024-01-05,P1,1,1,perhaps'],
        'date,product,units,amount,is_return',
      ),
      { columns: columnsOf('date,product,units,amount,is_return'), negatives: 'returns' },
    );
    expect(found.lines.map((line) => [line['amount'], line['is_return']])).toEqual([
      ['5.0000', false],
      ['-2.5000', true],
      ['-1.0000', true],
    ]);
    expect(rejected(found)).toEqual([[5, 'is_return', expect.stringContaining('Neither a return nor a sale')]]);
    expect(warning(found, 'return_sign')).toMatchObject({ count: 1, rows: [3] });
  });
});

describe('amounts from unit prices', () => {
  const header = 'date,product,units,unit_price,base_price';
  it('are exact', async () => {
    const rows = Array.from({ length: 300 }, () => '2024-01-05,P1,3,0.1,0.355');
    const found = await dryRun(file(rows, header));
    expect(found.import).toMatchObject({ total_amount: '90.0000', total_units: '900.000' });
    expect(found.lines[0]).toMatchObject({ amount: '0.3000', base_amount: '1.0650' });
    expect(found.import.report.neededScale).toBe(2);
  });
  it('round what is weighed, with a warning, and nothing else', async () => {
    const rows = ['2024-01-05,P1,0.355,2.99,', '2024-01-05,P1,3,0.335,'];
    const found = await dryRun(file(rows, header));
    expect(found.lines.map((line) => [line['amount'], line['base_amount']])).toEqual([
      ['1.0600', null],
      ['1.0050', null],
    ]);
    expect(warning(found, 'rounded')).toMatchObject({ count: 1, rows: [2] });
  });
  it('need a price', async () => {
    const found = await dryRun(file(['2024-01-05,P1,3,,1', '2024-01-05,P1,3,1,x', '2024-01-05,P1,3,1,'], header));
    expect(rejected(found)).toEqual([
      [2, 'unit_price', expect.stringContaining('The unit price is missing')],
      [3, 'base_price', expect.stringContaining('Not a number')],
    ]);
  });
});

describe('warnings', () => {
  it('are given for what is odd, and only then', async () => {
    const rows = ['2024-01-05,P1,1,1000000,A', '2024-01-07,P1,1,5,A'];
    const header = 'date,product,units,amount,category';
    const odd = await dryRun(file([...rows, '2024-01-07,P2,1,1000000.01,'], header));
    expect(warning(odd, 'large_amount')).toMatchObject({ count: 1, rows: [4] });
    expect(warning(odd, 'missing_category')).toMatchObject({ count: 1, rows: [4] });
    expect(warning(odd, 'no_category')).toMatchObject({ count: 1 });
    expect(warning(odd, 'no_revenue')).toMatchObject({ count: 1, message: expect.stringContaining('2024-01-06') });
    expect(odd.import.rows_rejected).toBe(0);
    const even = await dryRun(file([...rows, '2024-01-06,P2,1,5,B'], header));
    expect(warned(even)).toEqual([]);
  });
  it('count a day with nothing but zero as one without revenue, and weeks by seven days', async () => {
    const days = await dryRun(file(['2024-01-05,S1,P1,B1,1,5', '2024-01-06,S1,P1,B1,1,0', '2024-01-07,S1,P1,B1,1,5']));
    expect(warning(days, 'no_revenue')).toMatchObject({ count: 1 });
    const weeks = ['2024-01-05', '2024-01-12', '2024-01-26'].map((date) => `${date},S1,P1,B1,1,5`);
    const weekly = await dryRun(file(weeks), { grain: 'week' });
    expect(weekly.import.grain).toBe('week');
    expect(warning(weekly, 'no_revenue')).toMatchObject({ count: 1, message: expect.stringContaining('2024-01-19') });
  });
  it('say that units are counted as one, that rows were blank, that fields were over', async () => {
    const found = await dryRun(file(['2024-01-05,P1,5', '', ',,', '2024-01-05,P1,5,,'], 'date,product,amount'));
    expect(found.import).toMatchObject({ rows_in: 2, rows_accepted: 2, total_units: '2.000' });
    expect(warning(found, 'units_missing')).toMatchObject({ count: 2 });
    expect(warning(found, 'blank_row')).toMatchObject({ count: 2 });
    expect(warning(found, 'extra_fields')).toMatchObject({ count: 1, rows: [5] });
  });
});

describe('dates by number', () => {
  const dates = (...given: string[]): string => file(given.map((date) => `${date},S1,P1,B1,1,5`));
  it('are settled by the whole column, far below the sample, and say so', async () => {
    const open = Array.from({ length: 400 }, () => '03/04/2024');
    const found = await dryRun(dates(...open, '25/04/2024'));
    expect(found.import).toMatchObject({ date_from: '2024-04-03', date_to: '2024-04-25' });
    expect(warning(found, 'date_order')?.message).toContain('day/month/year');
    const american = await dryRun(dates(...open, '04/25/2024'));
    expect(american.import).toMatchObject({ date_from: '2024-03-04', date_to: '2024-04-25' });
  });
  it('are read one way and reported when nothing settles them', async () => {
    const found = await dryRun(dates('03/04/2024', '05/04/2024'));
    expect(found.import).toMatchObject({ date_from: '2024-03-04' });
    expect(warned(found)).toContain('date_order_open');
    const chosen = await dryRun(dates('03/04/2024', '05/04/2024'), { dateFormat: 'DD/MM/YYYY' });
    expect(chosen.import).toMatchObject({ date_from: '2024-04-03' });
    expect(warned(chosen)).not.toContain('date_order_open');
  });
  it('are read as the mapping has learnt where nothing settles them, and only there', async () => {
    const learnt = { dayOrder: 'dmy' as const };
    const found = await dryRun(dates('03/04/2024', '05/04/2024'), learnt);
    expect(found.import).toMatchObject({ date_from: '2024-04-03', date_to: '2024-04-05' });
    expect(warned(found)).toContain('date_order_recalled');
    expect(warned(found)).not.toContain('date_order_open');
    const settled = await dryRun(dates('03/04/2024', '03/25/2024'), learnt);
    expect(settled.import).toMatchObject({ date_from: '2024-03-04', date_to: '2024-03-25' });
    expect(warning(settled, 'date_order')?.message).toContain('1 row can only be that');
  });
  it('reject the day that fits the settled order no more', async () => {
    const found = await dryRun(dates('25/04/2024', '26/04/2024', '04/27/2024'));
    expect(rejected(found)).toEqual([[4, 'date', expect.stringContaining('no such day')]]);
  });
});

describe('promotions', () => {
  it('are bits where a column is mapped, and unknown where none is', async () => {
    const header = 'date,product,units,amount,tpr,feature,display,coupon,promoted';
    const rows = ['1,0,0,0,0', '0,1,0,0,0', '0,0,1,0,0', '0,0,0,1,0', '0,0,0,0,1', '1,1,1,1,1', ',,,,'];
    const found = await dryRun(
      file(
        rows.map((bits) => `2024-01-05,P1,1,5,${bits}`),
        header,
      ),
    );
    expect(found.lines.map((line) => line['promotion'])).toEqual([1, 2, 4, 8, 16, 31, 0]);
    expect((await dryRun(file([GOOD]))).lines[0]).toMatchObject({ promotion: null });
  });
});

it('keeps exactly equal lines: they are real sales', async () => {
  const found = await dryRun(file([GOOD, GOOD, GOOD]));
  expect(found.import).toMatchObject({ rows_accepted: 3, total_amount: '15.0000' });
});

it('keeps attributes by the member that they describe', async () => {
  const found = await dryRun(
    file(['2024-01-05,P1,H1,5,red,old', '2024-01-05,P1,H1,5,,'], 'date,product,shopper,amount,colour,age'),
    {
      attributes: [
        { column: 'colour', of: 'product' },
        { column: 'age', of: 'shopper' },
      ],
    },
  );
  expect(found.lines).toMatchObject([
    { product_attributes: '{"colour":"red"}', store_attributes: null, shopper_attributes: '{"age":"old"}' },
    { product_attributes: null, store_attributes: null, shopper_attributes: null },
  ]);
});

it('stages what a line says of a member once, until another line says something else', async () => {
  const said = ['red', 'red', '', 'red', 'blue', 'blue', 'red'];
  const lines = said.map((colour, at) => `2024-01-05,P1,5,${colour},,${at % 2}`);
  const found = await dryRun(file([...lines, '2024-01-05,P2,5,red,H1,1'], 'date,product,amount,colour,shopper,age'), {
    attributes: [
      { column: 'colour', of: 'product' },
      { column: 'age', of: 'shopper' },
    ],
  });
  const staged = found.lines.map(
    ({ product_attributes: of }) => of && (JSON.parse(String(of)) as { colour: string }).colour,
  );
  expect(staged).toEqual(['red', null, null, null, 'blue', null, 'red', 'red']);
  // Nobody is named whom these would be said of: each stands.
  expect(found.lines.filter(({ shopper_attributes: of }) => of === null)).toEqual([]);
});

it('reads other encodings, delimiters and decimals', async () => {
  const text =
    'Datum;Produkt;Marke;Menge;Umsatz\r\n05.01.2024;0070;Müller;1;1.234,50\r\n25.01.2024;0071;Müller;2;0,50\r\n';
  for (const bytes of [Buffer.from(text), Buffer.from(text, 'latin1'), Buffer.from(`\ufeff${text}`, 'utf16le')]) {
    const found = await dryRun(bytes, {
      columns: { date: 'Datum', product: 'Produkt', brand: 'Marke', units: 'Menge', amount: 'Umsatz' },
    });
    expect(found.import).toMatchObject({
      state: 'validated',
      rows_accepted: 2,
      total_amount: '1235.0000',
      date_to: '2024-01-25',
    });
    expect(found.lines[0]).toMatchObject({ product: '0070', brand: 'Müller', date: '2024-01-05' });
  }
});

it('counts new members against those that the workspace has', async () => {
  const workspaceId = await workspaceWithLines(2);
  const found = await dryRun(file([GOOD, '2024-01-05,S2,P2,B2,1,5']), {}, { workspaceId });
  expect(found.import.report.newMembers).toEqual({ store: 2, product: 1, brand: 1 });
});
