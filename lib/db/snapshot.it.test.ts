import { afterAll, expect, it } from 'vitest';
import { db } from './client';
import { inSnapshot, type Snapshot } from './snapshot';

afterAll(() => db.$disconnect());

const level = async (snapshot: Snapshot): Promise<string> => {
  const [row] = await snapshot.$queryRaw<{ level: string }[]>`
    SELECT current_setting('transaction_isolation') || ', read only ' || current_setting('transaction_read_only') AS level`;
  return row!.level;
};

it('reads one statement as it is, and several in a transaction that sees one moment', async () => {
  let begun = 0;
  const alone = await inSnapshot((snapshot) => ((begun += 1), level(snapshot)));
  expect([begun, alone]).toEqual([1, 'read committed, read only off']);
  begun = 0;
  const several = await inSnapshot(async (snapshot) => {
    begun += 1;
    return [await level(snapshot), await level(snapshot)];
  });
  expect([begun, several]).toEqual([2, Array(2).fill('repeatable read, read only on')]);
});

it('does not read again after a failure of its own', async () => {
  let begun = 0;
  const failing = inSnapshot(async (snapshot) => {
    begun += 1;
    await snapshot.$queryRaw`SELECT 1 / 0`;
  });
  await expect(failing).rejects.toThrow(/division by zero/);
  expect(begun).toBe(1);
});
