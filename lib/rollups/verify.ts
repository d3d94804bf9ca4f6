import 'server-only';
import type { PoolClient } from 'pg';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import { loadPool } from '@/lib/db/pool';
import { type Compared, mostNamed, type Slice, type Whole } from './compare';
import { compareItems, compareSpend, compareVisits } from './compare-packed';
import { compareProducts, compareSales, expectSales } from './compare-sales';
import { compareShoppers } from './compare-shoppers';
import { compareBaskets, compareIdentified, compareMembers, compareShares } from './compare-whole';
import { productLevels, rollupTables, salesLevels, shopperLevels } from './levels';

export type RollupCheck = NonNullable<WorkspaceDetail['lastCheck']>;
export type Check = RollupCheck['checks'][number];

const ofAll = [
  { name: 'every line has its members', compare: compareMembers },
  { name: 'a basket has one day and store', compare: compareBaskets },
];
const ofMonths: { name: string; compare: (slice: Slice) => Promise<Compared> }[] = [
  ...salesLevels.map((level) => ({
    name: `${level.table} = lines`,
    compare: (slice: Slice) => compareSales(slice, level),
  })),
  ...productLevels.map((level) => ({
    name: `${level.table} = lines`,
    compare: (slice: Slice) => compareProducts(slice, level),
  })),
  ...shopperLevels.map((level) => ({
    name: `${level.table} = lines`,
    compare: (slice: Slice) => compareShoppers(slice, level),
  })),
  { name: 'spend_month = lines', compare: compareSpend },
  { name: 'item_month = lines', compare: compareItems },
  { name: 'shopper_month_store = lines', compare: compareVisits },
  { name: 'brand shares sum to 100', compare: compareShares },
  { name: 'identified + anonymous = total', compare: compareIdentified },
];

const checks = [...ofAll, ...ofMonths];

/** Months with lines or with rollup rows: rows that have lost their lines are found too. */
async function months(client: PoolClient, workspaceId: number): Promise<string[]> {
  const sources = [{ table: 'sale_line', time: 'date' }, ...rollupTables];
  const { rows } = await client.query<{ month: string }>(
    `SELECT DISTINCT date_trunc('month', day)::date::text AS month
     FROM (${sources.map(({ table, time }) => `SELECT DISTINCT ${time} AS day FROM ${table} WHERE workspace_id = $1`).join(' UNION ')}) days
     ORDER BY 1`,
    [workspaceId],
  );
  return rows.map(({ month }) => month);
}

async function prove(client: PoolClient, workspaceId: number): Promise<{ dataVersion: number; found: Compared[] }> {
  // One snapshot: a publish meanwhile is seen by both sides or by none.
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  try {
    await client.query(`SET LOCAL work_mem = '64MB'; SET LOCAL jit = off`);
    const { rows } = await client.query<{ data_version: string; baskets_span: boolean }>(
      'SELECT data_version, baskets_span FROM workspace WHERE id = $1',
      [workspaceId],
    );
    if (!rows[0]) throw new Error(`There is no workspace ${workspaceId}.`);
    const whole: Whole = { client, workspaceId, basketsSpan: rows[0].baskets_span };
    const found = checks.map((): Compared => ({ compared: 0, differing: 0, differences: [] }));
    const add = (index: number, part: Compared): void => {
      const sum = found[index];
      if (!sum) return;
      sum.compared += part.compared;
      sum.differing += part.differing;
      sum.differences = [...sum.differences, ...part.differences].slice(0, mostNamed);
    };
    for (const [index, { compare }] of ofAll.entries()) add(index, await compare(whole));
    for (const month of await months(client, workspaceId)) {
      const slice = { ...whole, month };
      await expectSales(slice);
      for (const [index, { compare }] of ofMonths.entries()) add(ofAll.length + index, await compare(slice));
    }
    return { dataVersion: Number(rows[0].data_version), found };
  } finally {
    await client.query('ROLLBACK');
  }
}

/**
 * Proves, slice by slice, that the workspace's rollups equal its lines, and keeps the result together with that of
 * `further` checks.
 */
export async function verifyRollups(
  workspaceId: number,
  further: (dataVersion: number) => Promise<Check[]> = () => Promise.resolve([]),
): Promise<RollupCheck> {
  const startedAt = new Date();
  const client = await loadPool.connect();
  try {
    const { dataVersion, found } = await prove(client, workspaceId);
    const proved = checks.map(({ name }, index): Check => {
      const { compared = 0, differing = 0, differences = [] } = found[index] ?? {};
      const unnamed = differing - differences.length;
      return {
        name,
        compared,
        differences: unnamed > 0 ? [...differences.slice(0, -1), `and ${unnamed + 1} more`] : differences,
      };
    });
    const result = [...proved, ...(await further(dataVersion))];
    const holds = result.every(({ differences }) => differences.length === 0);
    const ok = holds && result.some((one) => one.unchecked !== undefined) ? null : holds;
    const finishedAt = new Date();
    await client.query(
      `INSERT INTO rollup_check (workspace_id, data_version, started_at, finished_at, ok, result)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [workspaceId, dataVersion, startedAt, finishedAt, ok, JSON.stringify(result)],
    );
    return {
      dataVersion,
      startedAt: startedAt.toISOString(),
      finishedAt: finishedAt.toISOString(),
      ok,
      checks: result,
    };
  } finally {
    client.release();
  }
}
