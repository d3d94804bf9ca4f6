import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { verifyRollups } from '@/lib/rollups/verify';
import { correction, file, january, load, numbers, products } from './corrected.fixture';
import { act } from './examples.fixture';
import { listRestatements } from './list-restatements';
import { importRow, receiveText } from './received.fixture';
import { restore } from './restore';
import { revert } from './revert';
import { newWorkspace } from './staged.fixture';

afterAll(() => loadPool.end());

const restatements = async (w: number) =>
  (
    await loadPool.query<{ row: string }>(
      `SELECT concat_ws(' ', to_char(month, 'YYYY-MM'), brand, coalesce(before::float8::text, 'none'), '->', coalesce(after::float8::text, 'none'), cause, reason) AS row
       FROM restatement WHERE workspace_id = $1 ORDER BY id`,
      [w],
    )
  ).rows.map(({ row }) => row);
describe('restore', () => {
  it.each([0, 1, 2])('of file %i of three gives every number as before the revert', async (at) => {
    const w = await newWorkspace();
    const ids = [
      await load(w, january, 'january.csv'),
      await load(w, products, 'products.csv'),
      await load(w, file('2024-02-02,A,s9,r1,p2,Deux,Y2,1,3', '2024-02-02,C,s9,r1,p9,Nine,,1,3'), 'february.csv'),
    ];
    const before = await numbers(w);
    await revert(act(w, ids[at]!));
    expect(await numbers(w)).not.toEqual(before);
    await restore(act(w, ids[at]!));
    expect(await numbers(w)).toEqual(before);
    expect(await verifyRollups(w)).toMatchObject({ ok: true });
    expect(await importRow(w, ids[at]!)).toMatchObject({ state: 'published', reverted_at: null });
  });

  it('is refused for what is not reverted, whose file is gone, or is loaded again', async () => {
    const w = await newWorkspace();
    const id = await load(w, january, 'january.csv');
    await restore(act(w, id));
    await revert(act(w, id));
    const again = await load(w, january, 'again.csv');
    await expect(restore(act(w, id))).rejects.toThrow(/loaded already: "again.csv"/);
    await revert(act(w, again));
    rmSync((await importRow(w, id)).file_path);
    await expect(restore(act(w, id))).rejects.toThrow(/not kept any more/);
    expect(await importRow(w, id)).toMatchObject({ state: 'reverted' });
    const fresh = await receiveText(w, products, 'products.csv');
    await expect(restore(act(w, fresh))).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('restatements', () => {
  it('say what each month was, what it is, and why', async () => {
    const w = await newWorkspace();
    const first = await load(w, january, 'january.csv');
    const second = await load(w, correction, 'correction.csv', true);
    await revert(act(w, second));
    await restore(act(w, second));
    await load(w, products, 'products.csv');
    await revert(act(w, first));
    expect(await restatements(w)).toEqual([
      '2024-01 none -> 53 publish january.csv was published',
      '2024-02 none -> 100 publish january.csv was published',
      '2024-01 53 -> 50 replace correction.csv replaced 4 lines of january.csv',
      '2024-01 50 -> 53 revert correction.csv was taken out again',
      '2024-01 53 -> 50 restore correction.csv was restored',
      '2024-02 100 -> none revert january.csv was taken out again',
    ]);
  });

  it('name the brands that made the change of a month, those first that moved most', async () => {
    const w = await newWorkspace();
    await load(w, january, 'january.csv');
    const second = await load(w, correction, 'correction.csv', true);
    await revert(act(w, second));
    const { items } = await listRestatements(w, { limit: 9, new: 'true' });
    const brands = items.map(({ cause, brands: parts }) => [
      cause,
      parts.map(({ brand, before, after }) => `${brand} ${before} -> ${after}`),
    ]);
    // The store B sells the same as before: X loses 1, of A; Y goes and W comes.
    const moved = ['Y 32 -> null', 'W null -> 30', 'X 21 -> 20'];
    expect(brands).toEqual([
      ['revert', ['Y null -> 32', 'W 30 -> null', 'X 20 -> 21']],
      ['replace', moved],
      ['publish', []],
      ['publish', []],
    ]);
  });

  it('of a product file name the brands that it moved sales between', async () => {
    const w = await newWorkspace();
    await load(w, january, 'january.csv');
    const id = await load(w, products, 'products.csv');
    await revert(act(w, id));
    expect((await restatements(w)).slice(2)).toEqual([
      '2024-01 Other none -> 32 publish products.csv was published',
      '2024-01 Y 32 -> none publish products.csv was published',
      '2024-01 Other 32 -> none revert products.csv was taken out again',
      '2024-01 Y none -> 32 revert products.csv was taken out again',
    ]);
  });
});
