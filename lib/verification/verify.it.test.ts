import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { loadPool as pool } from '@/lib/db/pool';
import { rebuildRollups } from '@/lib/rollups/rebuild';
import { newWorkspace } from './random.fixture';
import { verifyWorkspace } from './verify';

afterAll(() => Promise.all([pool.end(), db.$disconnect()]));

/** The data runs from 30 December 2023 to 1 March 2024. */
const [before, now] = ['2023-12-01 to 2024-01-31', '2024-02-01 to 2024-03-01'];

/** Every proof, and how often it compares. */
const holding = {
  'shares of disjoint members sum to 100': 7,
  'lines listed under a sum add up to it': 3,
  'revenue by behaviour adds up to the change': 3,
  'price, volume, mix adds up to the change': 3,
  'source of volume adds up to the change': 3,
  'share by behaviour adds up to the change': 3,
  'share by region adds up to the change': 3,
  'share by channel adds up to the change': 3,
  'share by store adds up to the change': 1,
  'share by category adds up to the change': 3,
  'flows out = flows in, and parts add up to the change': 4,
  'retained + new = buyers, retained + lapsed = buyers before': 6,
  'buyers of either = of one + of the other − of both': 2,
  'buyers never fall when dates or filters widen': 3,
  'weighted distribution of a brand ≥ of each of its products': 11,
};

const brand = (name: string): string => `(SELECT id FROM brand WHERE workspace_id = $1 AND name = '${name}')`;
const root = `(SELECT id FROM category WHERE workspace_id = $1 AND parent_id IS NULL)`;
const ofProducts = `product_id IN (SELECT id FROM product WHERE workspace_id = $1 AND brand_id = ${brand('B2')})`;
const february = (table: string, change: string, where: string): string =>
  `UPDATE ${table} SET ${change} WHERE workspace_id = $1 AND month = '2024-02-01' AND ${where}`;
const ofBrand = (name: string): string => `member_kind = 2 AND member_id = ${brand(name)}`;
const notOnLines = (name: string, text: string): RegExp =>
  new RegExp(`^${before}, then ${now}, ${name}: ${text} [-\\d.]+, on the (lines|rollups)( it changed)? by [-\\d.]+$`);
const parts = (name: string): RegExp => notOnLines(`brand ${name}`, 'the parts add up to');

/** What is broken, and for each proof that finds it how the slice is named. */
const breaks: { what: string; sql: string; found: Record<string, RegExp> }[] = [
  {
    what: 'sales of a brand',
    sql: february('sales_month', 'amount = amount + 100', ofBrand('B2')),
    found: {
      'brand shares sum to 100': /^2024-02-01, category All: shares sum to 100\.19\d+, the market sells 52446$/,
      'shares of disjoint members sum to 100':
        /^2024-02-01 to 2024-03-01, by brand: shares sum to 100\.14\d+; brand B2: 197.47 from the rollups, 196.47 on the lines$/,
      'lines listed under a sum add up to it':
        /^2024-02-01 to 2024-02-29, brand B2: the lines listed make 140.01, the sum is 141.01$/,
      'revenue by behaviour adds up to the change': parts('B2'),
      'share by behaviour adds up to the change': parts('B2'),
      'share by category adds up to the change': parts('B2'),
    },
  },
  {
    what: 'units of a brand',
    sql: february('sales_month', 'units = units + 1', ofBrand('B2')),
    found: {
      'lines listed under a sum add up to it':
        /^2024-02-01 to 2024-02-29, brand B2: the lines listed make [\d.]+ units, the sum is [\d.]+$/,
    },
  },
  {
    what: 'sales of the largest brand in the whole market',
    sql: february('sales_month', 'amount = amount + 100', `${ofBrand('B1')} AND category_id = ${root}`),
    found: { 'share by store adds up to the change': parts('B1') },
  },
  {
    what: 'sales of a brand by place',
    sql: february('sales_month_place', 'amount = amount + 100', ofBrand('B2')),
    found: {
      'share by region adds up to the change': parts('B2'),
      'share by channel adds up to the change': parts('B2'),
    },
  },
  {
    what: 'sales of a product',
    sql: february('sales_product_month', 'amount = amount + 100', ofProducts),
    found: {
      'shares of disjoint members sum to 100':
        /, by product: shares sum to 100\.44\d+; (.+; )?product P4: 96.62 from the rollups, 95.62 on the lines(; |$)/,
      'price, volume, mix adds up to the change': parts('B2'),
    },
  },
  {
    what: 'what shoppers spent on a brand',
    sql: february('spend_month', 'amount[1] = amount[1] + 100', `brand_id = ${brand('B2')}`),
    found: {
      'source of volume adds up to the change': parts('B2'),
      'flows out = flows in, and parts add up to the change': notOnLines(
        'identified sales of brand B2',
        'it changed by',
      ),
    },
  },
  {
    what: 'the set of shoppers of a brand',
    sql: `UPDATE shopper_month SET bits = bits & ~bits WHERE workspace_id = $1 AND brand_id = ${brand('B2')}`,
    found: {
      'retained + new = buyers, retained + lapsed = buyers before':
        /^2023-12-01 to 2024-01-31, retained and lapsed buyers of brand B2: 0 from the rollups, 8 on the lines$/,
      'buyers of either = of one + of the other − of both':
        /^2024-02-01 to 2024-03-01, buyers of brand B\d or B\d: \d from the rollups, \d on the lines$/,
      'buyers never fall when dates or filters widen':
        /^2024-02-01 to 2024-03-01, brand B2: 0 buyers, but 4 from 2024-03-01 on$/,
    },
  },
  {
    what: 'the set of all shoppers',
    sql: `UPDATE shopper_month SET bits = bits & ~bits WHERE workspace_id = $1 AND brand_id = 0`,
    found: {
      'buyers never fall when dates or filters widen':
        /^2024-02-01 to 2024-03-01, brand B2: 8 buyers, but 0 of any brand$/,
    },
  },
  {
    what: 'what stores bought of a brand',
    sql: `UPDATE item_month SET purchases = array_fill(0, ARRAY[cardinality(purchases)])
          WHERE workspace_id = $1 AND ${ofProducts}`,
    found: {
      'weighted distribution of a brand ≥ of each of its products':
        /^2024-02-01 to 2024-03-01, brand B2, product P\d+: %ACV of the brand 0 from the rollups, of the product [\d.]+ on the lines$/,
    },
  },
  {
    what: 'identified sales of a day',
    sql: `UPDATE sales_day SET identified_amount = identified_amount + 100 WHERE workspace_id = $1 AND date = '2024-01-15'`,
    found: {
      'identified + anonymous = total': /^2024-01-15: identified 22407 and anonymous 1126 do not make 23433$/,
    },
  },
];

describe('what must always hold', () => {
  let workspaceId: number;
  beforeAll(async () => {
    workspaceId = await newWorkspace();
  });
  beforeEach(() => rebuildRollups(workspaceId), 60_000);

  it('holds, and that is kept', async () => {
    const { checks, ok } = await verifyWorkspace(workspaceId);
    expect(ok).toBe(true);
    const compared = Object.fromEntries(checks.map((check) => [check.name, check.compared]));
    expect(compared).toMatchObject(holding);
    const { rows } = await pool.query<{ ok: boolean; result: unknown }>(
      'SELECT ok, result FROM rollup_check WHERE workspace_id = $1 ORDER BY id DESC LIMIT 1',
      [workspaceId],
    );
    expect(rows).toEqual([{ ok: true, result: checks }]);
  });

  it.each(breaks)('it finds that $what was changed, and names the slice', async ({ sql, found }) => {
    await pool.query(sql, [workspaceId]);
    const { checks, ok } = await verifyWorkspace(workspaceId);
    expect(ok).toBe(false);
    const differences = new Map(checks.map((check) => [check.name, check.differences]));
    for (const [proof, slice] of Object.entries(found)) {
      expect(differences.get(proof), proof).toContainEqual(expect.stringMatching(slice));
    }
  });

  it('is broken in a test for every proof', () => {
    const broken = new Set(breaks.flatMap(({ found }) => Object.keys(found)));
    expect(Object.keys(holding).filter((proof) => !broken.has(proof))).toEqual([]);
  });
});
