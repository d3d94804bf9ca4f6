import { afterAll, describe, expect, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { act } from './examples.fixture';
import { feedOf, readQuality, type FeedFile } from './feeds';
import { publish } from './publish';
import { dryRun, receiveText, recheck } from './received.fixture';
import { newWorkspace } from './staged.fixture';

afterAll(() => loadPool.end());

describe('the quality of a file', () => {
  it('is 100 where every row is taken, none is warned of, and every field is filled', async () => {
    const { import: row } = await dryRun('date,store,product,amount\n2024-01-01,A,p,1\n2024-01-02,A,p,1\n');
    expect(row.report.quality).toEqual({
      score: 100,
      accepted: 1,
      clean: 1,
      complete: 1,
      fields: { store: 1, product: 1 },
    });
  });

  it('falls with rejected rows, doubtful ones and empty fields, as the formula says', async () => {
    const { import: row } = await dryRun(
      [
        'date,product,shopper,pack size,amount',
        '2024-01-01,p,s1,250 g,1',
        '2024-01-01,p,,250 g,1',
        '2024-01-02,p,s1,a bag,1',
        '2024-01-02,p,,250 g,9000000',
        '2024-01-02,p,s1,250 g,much',
      ].join('\n'),
    );
    // 4 of 5 rows; 2 of 4 without a warning; product 4/4, shopper 2/4, pack size 3/4.
    expect(row.report.quality).toEqual({
      score: 73,
      accepted: 0.8,
      clean: 0.5,
      complete: 0.75,
      fields: { product: 1, shopper: 0.5, pack_size: 0.75 },
    });
  });

  it('is told of product and store files, and 0 where no row is taken', async () => {
    const { import: row } = await dryRun('sku,name,brand,category\na,A,X,\nb,B,,Tea\n', {}, { kind: 'products' });
    expect(row.report.quality).toMatchObject({ score: 93.3, fields: { product_name: 1, brand: 0.5, category: 0.5 } });
    const { import: none } = await dryRun('date,product,amount\nsome day,p,1\nsome day,q,2\n', {
      columns: { date: 'date', product: 'product', amount: 'amount' },
    });
    expect(none.report.quality?.score).toBe(0);
  });
});

const file = (day: string, more: Partial<FeedFile> = {}): FeedFile => ({
  id: Number(day.replaceAll('-', '')),
  feed: 'f',
  name: 'Tills',
  kind: 'transactions',
  state: 'published',
  fileName: `${day}.csv`,
  publishedAt: new Date(`${day}T08:00:00Z`),
  to: day,
  error: null,
  rows: 100,
  quality: 90,
  ...more,
});
const weekly = ['2024-03-22', '2024-03-15', '2024-03-08', '2024-03-01'].map((day) => file(day));
const at = (day: string): Date => new Date(`${day}T08:00:00Z`);

describe('a feed', () => {
  it('is late when nothing came for one and a half times of its usual rhythm', () => {
    expect(feedOf(weekly, at('2024-04-01'))).toMatchObject({
      state: 'fresh',
      everyDays: 7,
      why: null,
      to: '2024-03-22',
    });
    expect(feedOf(weekly, at('2024-04-02'))).toMatchObject({
      state: 'stale',
      why: 'Nothing came for 11 days; it usually comes every 7 days.',
    });
  });

  it('goes by the dates that files hold: many may be loaded at once', () => {
    const together = weekly.map((one) => ({ ...one, publishedAt: at('2024-03-22') }));
    expect(feedOf(together, at('2024-03-30'))).toMatchObject({ state: 'fresh', everyDays: 7 });
  });

  it('has failed when its last file could not be taken, and is too new to tell with two', () => {
    const failed = file('2024-03-29', { state: 'failed', error: 'None of the 3 rows can be taken.', quality: null });
    expect(feedOf([failed, ...weekly], at('2024-03-30'))).toMatchObject({
      state: 'failed',
      why: '2024-03-29.csv could not be taken. None of the 3 rows can be taken.',
      files: 4,
      quality: 90,
    });
    expect(feedOf(weekly.slice(0, 2), at('2025-01-01'))).toMatchObject({ state: 'new', everyDays: null, why: null });
  });

  it('weighs quality by rows', () => {
    expect(
      feedOf([file('2024-01-02', { rows: 300, quality: 100 }), file('2024-01-01', { quality: 60 })], at('2024-01-03'))
        .quality,
    ).toBe(90);
  });
});

it('quality over time is read with the feeds: files of one header are one feed', async () => {
  const w = await newWorkspace();
  for (const day of ['01', '02', '03']) {
    const id = await receiveText(w, `date,product,amount\n2024-01-${day},p,1\n2024-01-${day},q,2\n`, `${day}.csv`);
    await recheck(w, id);
    await publish(act(w, id));
  }
  const broken = await receiveText(w, 'date,product,amount\nsome day,p,1\nsome day,q,2\n', 'broken.csv');
  await recheck(w, broken);
  const later = new Date(Date.now() + 40 * 86_400_000);
  expect(await readQuality(w, later)).toMatchObject({
    months: [{ files: 3, rows: 6, rejected: 0, quality: 100 }],
    feeds: [{ name: '01.csv', state: 'failed', files: 3, lastFileName: 'broken.csv', everyDays: 1, to: '2024-01-03' }],
  });
  await loadPool.query('DELETE FROM import WHERE workspace_id = $1 AND id = $2', [w, broken]);
  expect((await readQuality(w, later)).feeds).toMatchObject([{ state: 'stale', quality: 100 }]);
  expect((await readQuality(w)).feeds).toMatchObject([{ state: 'fresh', why: null }]);
  expect(await readQuality(await newWorkspace())).toEqual({ months: [], feeds: [] });
});
