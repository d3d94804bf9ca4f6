import { afterAll, expect, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { verifyRollups } from '@/lib/rollups/verify';
import { act, february, january, totals } from './examples.fixture';
import type { Progress } from './progress';
import { publish } from './publish';
import { revert } from './revert';
import { newWorkspace, numbersOf, stageLines, type StagedLine } from './staged.fixture';

afterAll(() => loadPool.end());

/** A line a day of so many months. */
const months = (count: number, receipt: string): StagedLine[] =>
  Array.from({ length: count * 28 }, (_, at) => ({
    date: `2024-${String((at % count) + 1).padStart(2, '0')}-${String(Math.floor(at / count) + 1).padStart(2, '0')}`,
    ...{ store: `S${at % 3}`, shopper: `s${at % 5}`, receipt: `${receipt}${at % 7}`, product: `p${at % 4}` },
    ...{ units: 1, amount: at + 1 },
  }));

it.each([false, true])(
  'adds to months that other files began, receipts standing for themselves: %s',
  async (unique) => {
    const w = await newWorkspace();
    const mapping = { receiptUnique: unique };
    await publish(act(w, await stageLines(w, january, { mapping })));
    await publish(act(w, await stageLines(w, months(5, 'a'), { mapping })));
    await publish(act(w, await stageLines(w, [...february, ...months(7, 'b')], { mapping })));
    expect((await totals(w))?.lines).toBe(january.length + february.length + (5 + 7) * 28);
    expect(await verifyRollups(w)).toMatchObject({ ok: true });
  },
);

it('makes the same of rows that come from PostgreSQL in several lots, one of them empty', async () => {
  const [near, far] = [await newWorkspace(), await newWorkspace()];
  await publish(act(near, await stageLines(near, january)));
  const id = await stageLines(far, january);
  await loadPool.query('UPDATE staged_line SET row_no = row_no + 1500000 WHERE workspace_id = $1 AND row_no > 3', [
    far,
  ]);
  await publish(act(far, id));
  expect(await totals(far)).toEqual(await totals(near));
  expect(await numbersOf(far)).toEqual(await numbersOf(near));
});

it('tells how many of its lines are added up; of other changes, how many months', async () => {
  const w = await newWorkspace();
  const seen: Progress[] = [];
  const onProgress = (progress: Progress): void => void (progress.stage === 'rollups' && seen.push(progress));
  const id = await stageLines(w, [...months(3, 'a'), ...january]);
  await publish({ ...act(w, id), onProgress });
  const lines = 3 * 28 + january.length;
  expect(seen.every(({ total, unit }) => total === lines && unit === undefined)).toBe(true);
  expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).sort((a, b) => a - b));
  expect([seen[0]?.done, seen.at(-1)?.done]).toEqual([0, lines]);
  seen.splice(0);
  await revert({ ...act(w, id), onProgress });
  expect([...new Set(seen.map(({ done, total, unit }) => `${done} of ${total} ${unit}`))]).toEqual(
    [0, 1, 2, 3].map((done) => `${done} of 3 months`),
  );
});
