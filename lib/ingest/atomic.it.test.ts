import { afterAll, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { inSnapshot } from '@/lib/db/snapshot';
import { querySpec } from '@/lib/contract/query';
import { runQuery } from '@/lib/query/run';
import { act } from './examples.fixture';
import { publish } from './publish';
import { revert } from './revert';
import { newWorkspace, stageLines, type StagedLine } from './staged.fixture';

// Whoever reads while imports come and go sees the numbers of one version, never a mix of two.

afterAll(async () => {
  await loadPool.end();
  await db.$disconnect();
});

/** Lines whose sums tell the file apart: every file brings the same days and brands, and changes all of them. */
const file = (seed: number): StagedLine[] =>
  Array.from({ length: 300 }, (_, at) => ({
    date: `2024-${at % 2 ? '01' : '02'}-${String((at % 27) + 1).padStart(2, '0')}`,
    store: `S${at % 3}`,
    shopper: `h${(at * seed) % 50}`,
    receipt: `r${at % 90}`,
    product: `p${at % 9}`,
    brand: `B${(at % 9) % 3}`,
    category: 'Drinks',
    units: 1,
    amount: seed + (at % 7),
  }));

/** Rows by brand, the total beside them, the lines, and the version they are of. */
async function readTables(w: number): Promise<{ version: number; seen: string }> {
  return inSnapshot(async (snapshot) => {
    const [at] = await snapshot.$queryRaw<{ version: number }[]>`
      SELECT data_version::int AS version FROM workspace WHERE id = ${w}`;
    const [lines] = await snapshot.$queryRaw<object[]>`
      SELECT count(*)::int AS n, coalesce(sum(amount), 0)::float8 AS amount, count(DISTINCT shopper_no)::int AS shoppers
      FROM sale_line WHERE workspace_id = ${w}`;
    const brands = await snapshot.$queryRaw<object[]>`
      SELECT b.name, sum(s.amount)::float8 AS amount, sum(s.trips)::int AS trips
      FROM sales_day s JOIN brand b ON b.workspace_id = s.workspace_id AND b.id = s.member_id
      JOIN category c ON c.workspace_id = s.workspace_id AND c.id = s.category_id AND c.depth = 0
      WHERE s.workspace_id = ${w} AND s.member_kind = 2 GROUP BY b.name ORDER BY b.name`;
    const [buyers] = await snapshot.$queryRaw<object[]>`
      SELECT coalesce(sum(bit_count(bits)), 0)::int AS n FROM shopper_month WHERE workspace_id = ${w}`;
    const imports = await snapshot.$queryRaw<object[]>`
      SELECT count(*)::int AS n FROM import WHERE workspace_id = ${w} AND published_at IS NOT NULL AND reverted_at IS NULL`;
    return { version: at!.version, seen: JSON.stringify({ lines, brands, buyers, imports }) };
  });
}

const spec = querySpec.parse({
  metrics: ['value_sales', 'value_share', 'trips', 'buyers', 'penetration'],
  from: '2024-01-01',
  to: '2024-02-29',
  by: 'brand',
  compare: { from: '2023-11-01', to: '2023-12-31' },
});

async function readQuery(w: number): Promise<{ version: number; seen: string }> {
  const { rows, totals, meta } = await runQuery(w, spec);
  const named = rows.map(({ member, values }) => [member?.name, values]);
  return { version: meta.dataVersion, seen: JSON.stringify([named.sort(), totals.map(({ values }) => values)]) };
}

it.each([
  ['the tables in one snapshot', readTables],
  ['the answers of queries', readQuery],
])('%s are of one version, whatever is published and reverted meanwhile', async (_, read) => {
  const w = await newWorkspace();
  const stay = await stageLines(w, file(3));
  await publish(act(w, stay));
  // What every version holds, read while nothing happens.
  const known = new Map<number, string>();
  const learn = async (): Promise<void> => {
    const { version, seen } = await read(w);
    known.set(version, seen);
  };
  const observed: { version: number; seen: string }[] = [];
  let changing = true;
  const reader = async (): Promise<void> => {
    while (changing) observed.push(await read(w));
  };
  await learn();
  const readers = [reader(), reader()];
  try {
    for (const seed of [5, 11, 17]) {
      const id = await stageLines(w, file(seed));
      await publish(act(w, id));
      await learn();
      await revert(act(w, id));
      await learn();
    }
  } finally {
    changing = false;
    await Promise.all(readers);
  }
  expect([...known.keys()]).toEqual([1, 2, 3, 4, 5, 6, 7]);
  // Every publish shows, and every revert brings the first version's numbers back.
  expect(new Set(known.values()).size).toBe(4);
  for (const { version, seen } of observed) expect({ version, seen }).toEqual({ version, seen: known.get(version) });
  expect(new Set(observed.map(({ seen }) => seen)).size).toBeGreaterThanOrEqual(2);
  expect(observed.length).toBeGreaterThan(20);
});
