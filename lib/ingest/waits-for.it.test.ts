import { afterAll, expect, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { january } from './examples.fixture';
import { listImports, readImport } from './read';
import { newWorkspace, stageLines } from './staged.fixture';

afterAll(() => loadPool.end());

const move = (id: number, state: string, progress: object | null): Promise<unknown> =>
  loadPool.query('UPDATE import SET state = $2, progress = $3, file_name = $4 WHERE id = $1', [
    id,
    state,
    progress && JSON.stringify(progress),
    `${id}.csv`,
  ]);
const begun = { stage: 'lines', done: 0, total: null };

it('tells which import of the workspace a publish or revert waits for', async () => {
  const [w, other] = [await newWorkspace(), await newWorkspace()];
  const [first, second] = [await stageLines(w, january), await stageLines(w, january)];
  const waitsFor = async (id: number) => (await readImport(w, id)).waitsFor;
  // What another workspace does is nothing to wait for.
  await move(await stageLines(other, january), 'publishing', begun);
  await move(second, 'publishing', null);
  expect(await waitsFor(second)).toBeNull();

  await move(first, 'reverting', begun);
  expect(await waitsFor(second)).toEqual({ id: first, fileName: `${first}.csv` });
  expect(await waitsFor(first)).toBeNull();
  const { items } = await listImports(w, { limit: 10 });
  expect(items.map((item) => item.waitsFor?.id ?? null)).toEqual([first, null]);

  await move(second, 'publishing', begun);
  expect(await waitsFor(second)).toBeNull();
  // A check goes on beside it.
  await move(second, 'validating', null);
  expect(await waitsFor(second)).toBeNull();
});
