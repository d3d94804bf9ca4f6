import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { querySpec, type QueryInput } from '@/lib/contract/query';
import { db } from '@/lib/db/client';
import { loadPool as pool } from '@/lib/db/pool';
import { inSnapshot } from '@/lib/db/snapshot';
import { insertRandomWorkspace } from '@/lib/rollups/random.fixture';
import { rebuildRollups } from '@/lib/rollups/rebuild';
import { sumColumns } from '@/lib/rollups/levels';
import type { Key } from './cut';
import { addSpend } from './add-spend';
import { readGround } from './ground';
import { joinItems, type ItemColumn } from './join-items';
import { readItems } from './read-items';
import { readSets } from './read-sets';
import { readSpend } from './read-spend';
import { resolve } from './resolve';

// What is read by shopper and by store is the same from the packed rollups and from the lines.

let workspaceId: number;
let ids: Record<'category' | 'brand' | 'region' | 'product', number[]>;
const itemColumns: ItemColumn[] = [
  'purchases',
  'amount',
  'units',
  'promoted_amount',
  'promoted_units',
  'based_amount',
  'base_amount',
];

beforeAll(async () => {
  ({ workspaceId } = await insertRandomWorkspace(pool, {
    seed: 7,
    basketsSpan: false,
    slug: `reads-${randomUUID().slice(0, 8)}`,
  }));
  await rebuildRollups(workspaceId);
  const idsOf = async (table: string): Promise<number[]> =>
    (
      await pool.query<{ id: number }>(`SELECT id FROM ${table} WHERE workspace_id = $1 ORDER BY id`, [workspaceId])
    ).rows.map(({ id }) => id);
  ids = {
    category: await idsOf('category'),
    brand: await idsOf('brand'),
    region: await idsOf('region'),
    product: await idsOf('product'),
  };
}, 60_000);
afterAll(() => Promise.all([pool.end(), db.$disconnect()]));

const months = { from: '2024-01-01', to: '2024-02-29' };
const days = { from: '2023-12-31', to: '2024-03-01' };
const keys: Key[] = [{ by: 'none' }, { by: 'brand' }, { by: 'manufacturer' }];
const filters = (): [string, QueryInput['filters']][] => [
  ['everything', {}],
  ['a category with sub-categories', { category: [ids.category[1]!] }],
  ['two categories', { category: ids.category.slice(2, 4) }],
  ['a brand', { brand: [ids.brand[0]!] }],
  ['two brands', { brand: ids.brand.slice(0, 2) }],
  ['a region', { region: ids.region }],
  ['products', { product: ids.product.slice(0, 3) }],
  ['all but a brand', { exclude: { brand: ids.brand.slice(0, 1) } }],
  ['all but a category', { exclude: { category: ids.category.slice(-1) } }],
  [
    'a group of shoppers',
    { shoppers: [{ are: 'buyers', from: '2024-01-05', to: '2024-01-31', brand: ids.brand.slice(0, 1) }] },
  ],
  ['all but a region', { exclude: { region: ids.region.slice(0, 1) } }],
];

/** The same reading with the rollups, and with the lines alone. */
const bothWays = <T>(
  filter: QueryInput['filters'],
  range: typeof months,
  read: (...given: Parameters<typeof readSets>) => Promise<T>,
): Promise<T[]> =>
  Promise.all(
    [false, true].map((forceLines) =>
      inSnapshot(async (snapshot) => {
        const spec = querySpec.parse({ metrics: ['value_sales'], ...range, filters: filter });
        const resolved = await resolve(snapshot, workspaceId, spec);
        const { ground } = await readGround(snapshot, resolved, { forceLines, fresh: false, columns: sumColumns });
        return read(snapshot, resolved.slice, range, ground);
      }),
    ),
  );

describe.each([
  ['whole months', months],
  ['dates that cut months', days],
])('%s', (_, range) => {
  it('gives what shoppers spent', async () => {
    let entries = 0;
    for (const [what, filter] of filters()) {
      for (const key of keys) {
        const [rollups, lines] = await bothWays(filter, range, async (snapshot, cut, dates, ground) => {
          const asked = ['amount', 'units', 'purchases', 'trips'] as const;
          const { rows } = await readSpend(snapshot, { ...cut, key }, dates, ground, asked);
          return addSpend(rows, asked, ground).map(({ key: row, shoppers, amount, units, purchases, trips }) => ({
            row,
            each: Array.from(shoppers, (shopper, at) => [shopper, amount[at], units[at], purchases[at], trips[at]]),
          }));
        });
        expect(rollups, `${what}, by ${key.by}`).toEqual(lines);
        entries += lines?.reduce((sum, { each }) => sum + each.length, 0) ?? 0;
      }
    }
    expect(entries).toBeGreaterThan(200);
  });

  it('gives what stores sold of products', async () => {
    let entries = 0;
    for (const [what, filter] of filters()) {
      for (const whole of [false, true]) {
        const [rollups, lines] = await bothWays(filter, range, async (snapshot, cut, dates, ground) => {
          const { months: sold } = await readItems(snapshot, cut, dates, ground, itemColumns, { whole });
          return joinItems(sold, itemColumns).flatMap((item) =>
            Array.from(item.day, (day, at) =>
              [item.product, day, item.store[at], ...itemColumns.map((column) => item[column][at])].join(' '),
            ),
          );
        });
        expect(rollups?.toSorted(), `${what}${whole ? ', as a whole' : ''}`).toEqual(lines?.toSorted());
        entries += lines?.length ?? 0;
      }
    }
    expect(entries).toBeGreaterThan(200);
  });

  it('gives sets of shoppers', async () => {
    for (const [what, filter] of filters()) {
      const [rollups, lines] = await bothWays(filter, range, async (...given) => {
        const [snapshot, cut, ...rest] = given;
        const { entries } = await readSets(snapshot, { ...cut, key: { by: 'brand' } }, ...rest);
        return entries.map(({ key, set }) => [key, Buffer.from(set).toString('hex')]);
      });
      expect(lines?.length, what).toBeGreaterThan(0);
      expect(rollups?.toSorted(), what).toEqual(lines?.toSorted());
    }
  });
});

describe('the source', () => {
  const sourceOf = (filter: QueryInput['filters'], range: typeof months, trips: boolean) =>
    bothWays(filter, range, async (...given) => {
      const { choices } = await readSpend(...given, trips ? ['trips'] : ['amount']);
      return choices.map(({ parts, rejected }) => `${parts.map(({ source }) => source).join('+')} ${rejected.join()}`);
    }).then(([rollups]) => rollups);

  it('is the packed months where they hold what is asked, and else the lines, with the reason', async () => {
    expect(await sourceOf({}, months, true)).toEqual(['spend_month ']);
    expect(await sourceOf({}, days, false)).toEqual(['spend_month+lines edge_spend']);
    expect(await sourceOf({ region: ids.region }, months, false)).toEqual(['lines place_spend']);
    expect(await sourceOf({ brand: ids.brand.slice(0, 2) }, months, true)).toEqual(['lines member_list']);
    // The first brand hangs in two categories.
    expect(await sourceOf({ brand: ids.brand.slice(0, 1) }, months, true)).toEqual([
      'spend_month ',
      'lines spanning_brands',
    ]);
  });
});
