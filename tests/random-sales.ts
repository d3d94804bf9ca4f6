import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { refreshRollups } from '@/lib/rollups/refresh';

// Small random data sets with everything that makes counting hard: returns, anonymous lines, lines without a store, a
// receipt or pack sizes, brands in two categories or without a manufacturer, products that hang on an inner category,
// shopper numbers in several bitmap chunks, receipts that span days.

export interface RandomLine {
  date: string;
  store: number | null;
  shopper: number | null;
  basket: number | null;
  product: number;
  /** Thousandths. */
  units: number;
  cents: number;
  promotion: number | null;
  isReturn: boolean;
}

/** Ids are positions in these lists; 0 is nobody. */
export const categories = [
  { name: 'All', parent: null },
  { name: 'Drinks', parent: 0 },
  { name: 'Food', parent: 0 },
  { name: 'Coffee', parent: 1 },
  { name: 'Juice', parent: 1 },
  { name: 'Empty', parent: 2 },
] as const;
export const manufacturers = ['Acme', 'Bravo'] as const;
export const brands = [
  { name: 'Alba', manufacturer: 0 },
  { name: 'Brio', manufacturer: 0 },
  { name: 'Cora', manufacturer: 1 },
  { name: 'Dune', manufacturer: null },
] as const;
export const products = [
  { name: 'P0', brand: 0, category: 3, size: 0.25, unit: 'kg', attributes: { colour: 'red' } },
  { name: 'P1', brand: 0, category: 3, size: 0.5, unit: 'kg', attributes: { colour: 'blue' } },
  { name: 'P2', brand: 0, category: 2, size: 1, unit: 'kg', attributes: {} },
  { name: 'P3', brand: 1, category: 3, size: null, unit: null, attributes: { colour: 'red' } },
  { name: 'P4', brand: 1, category: 4, size: 1.5, unit: 'l', attributes: { colour: 'blue' } },
  { name: 'P5', brand: 2, category: 1, size: 0.75, unit: 'kg', attributes: {} },
  { name: 'P6', brand: 2, category: 2, size: 6, unit: 'piece', attributes: { colour: 'red' } },
  { name: 'P7', brand: 3, category: 4, size: 0.33, unit: 'l', attributes: {} },
] as const;
/** Stands for lines that name only the brand: no item of its own. */
export const unspecified = 'P7';
export const regions = ['North', 'South'] as const;
/** Households of the one region that has its own. */
export const northUniverse = 15;
export const channels = ['Super', 'Corner'] as const;
export const stores = [
  { name: 'S0', region: 0, channel: 0, attributes: { format: 'big' } },
  { name: 'S1', region: 1, channel: 0, attributes: { format: 'small' } },
  { name: 'S2', region: 1, channel: 1, attributes: {} },
  { name: 'S3', region: null, channel: 1, attributes: { format: 'small' } },
] as const;
export const shoppers = [
  { no: 1, attributes: { age: 'young' } },
  { no: 2, attributes: { age: 'old' } },
  { no: 65_536, attributes: { age: 'young' } },
  { no: 65_537, attributes: {} },
  { no: 131_071, attributes: { age: 'old' } },
] as const;

const day = (offset: number): string => new Date(Date.UTC(2023, 11, 20 + offset)).toISOString().slice(0, 10);
export const anyDay = fc.integer({ min: 0, max: 95 }).map(day);

const index = (list: readonly unknown[]) => fc.integer({ min: 0, max: list.length - 1 });
const item = fc.record({
  product: index(products),
  units: fc.oneof(
    fc.integer({ min: 1, max: 4 }).map((n) => n * 1000),
    fc.constantFrom(-1000, 0, 500, 125),
  ),
  cents: fc.integer({ min: -200, max: 1500 }),
  promotion: fc.constantFrom(null, 0, 0, 1, 6),
  isReturn: fc.constantFrom(false, false, false, true),
});
/** A visit: several products on one receipt, so that members share baskets. */
const visit: fc.Arbitrary<RandomLine[]> = fc
  .record({
    date: anyDay,
    store: fc.option(index(stores), { freq: 8 }),
    shopper: fc.option(index(shoppers), { freq: 4 }),
    basket: fc.option(fc.integer({ min: 0, max: 3 }), { freq: 8 }),
    items: fc.array(item, { minLength: 1, maxLength: 6, size: 'max' }),
  })
  .map(({ items, ...shared }) => items.map((one) => ({ ...shared, ...one })));

export interface RandomSales {
  lines: RandomLine[];
  /** A receipt number is one basket whatever its day and store. */
  spans: boolean;
}
export const randomSales: fc.Arbitrary<RandomSales> = fc.record({
  lines: fc.array(visit, { minLength: 1, maxLength: 40, size: 'max' }).map((visits) => visits.flat()),
  spans: fc.constantFrom(false, false, false, true),
});

/** What two lines of one basket share. */
export const basketKey = ({ basket, date, store }: RandomLine, spans: boolean): string | null =>
  basket === null ? null : spans ? `${basket}` : `${date} ${store} ${basket}`;

export interface Ids {
  workspaceId: number;
  category: number[];
  manufacturer: number[];
  brand: number[];
  product: number[];
  region: number[];
  channel: number[];
  store: number[];
}

export async function insertSales(pool: Pool, { lines, spans }: RandomSales): Promise<Ids> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const one = async (text: string, values: unknown[]): Promise<number> =>
      Number((await client.query<{ id: string }>(text, values)).rows[0]?.id);
    const w = await one(
      `INSERT INTO workspace (slug, name, grain, data_version, next_shopper_no, baskets_span, universe, low_base)
       VALUES ($1, 'Random', 'receipt', 1, 200000, $2, 40, 2) RETURNING id`,
      [`random-${randomUUID()}`, spans],
    );
    const insert = async (table: string, columns: string[], rows: readonly unknown[][]): Promise<number[]> => {
      const ids: number[] = [];
      for (const row of rows) {
        const places = row.map((_, at) => `$${at + 2}`).join(', ');
        ids.push(
          await one(`INSERT INTO ${table} (workspace_id, ${columns.join(', ')}) VALUES ($1, ${places}) RETURNING id`, [
            w,
            ...row,
          ]),
        );
      }
      return ids;
    };
    const [importId] = await insert(
      'import',
      ['kind', 'state', 'file_name', 'file_size', 'file_hash', 'file_path', 'published_at'],
      [['transactions', 'published', 'random.csv', 0, randomUUID(), '', new Date()]],
    );
    const category: number[] = [];
    for (const { name, parent } of categories) {
      const depth = parent === null ? 0 : parent === 0 ? 1 : 2;
      category.push(
        ...(await insert(
          'category',
          ['name', 'parent_id', 'depth'],
          [[name, parent === null ? null : category[parent], depth]],
        )),
      );
    }
    await client.query(
      `INSERT INTO category_ancestor (workspace_id, category_id, ancestor_id)
       WITH RECURSIVE up AS (SELECT id, id AS above, parent_id FROM category WHERE workspace_id = $1
         UNION ALL SELECT up.id, c.id, c.parent_id FROM up JOIN category c ON c.workspace_id = $1 AND c.id = up.parent_id)
       SELECT $1, id, above FROM up`,
      [w],
    );
    const at = (ids: number[], position: number | null) => (position === null ? null : ids[position]);
    const manufacturer = await insert(
      'manufacturer',
      ['name'],
      manufacturers.map((name) => [name]),
    );
    const brand = await insert(
      'brand',
      ['name', 'manufacturer_id'],
      brands.map((b) => [b.name, at(manufacturer, b.manufacturer)]),
    );
    const product = await insert(
      'product',
      ['code', 'name', 'brand_id', 'category_id', 'pack_size', 'pack_unit', 'attributes', 'unspecified'],
      products.map((p) => [
        ...[p.name, p.name, brand[p.brand], category[p.category], p.size, p.unit, p.attributes],
        p.name === unspecified,
      ]),
    );
    const region = await insert(
      'region',
      ['name'],
      regions.map((name) => [name]),
    );
    await client.query('INSERT INTO region_universe (workspace_id, region_id, universe) VALUES ($1, $2, $3)', [
      w,
      region[0],
      northUniverse,
    ]);
    const channel = await insert(
      'channel',
      ['name'],
      channels.map((name) => [name]),
    );
    const store = await insert(
      'store',
      ['code', 'name', 'region_id', 'channel_id', 'attributes'],
      stores.map((s) => [s.name, s.name, at(region, s.region), at(channel, s.channel), s.attributes]),
    );
    // As a load leaves them: there are none where all lines are anonymous.
    for (const { no, attributes } of lines.some(({ shopper }) => shopper !== null) ? shoppers : []) {
      await client.query('INSERT INTO shopper (workspace_id, no, code, attributes) VALUES ($1, $2, $3, $4)', [
        w,
        no,
        `h${no}`,
        attributes,
      ]);
    }
    const baskets = new Map<string, number>();
    for (const [position, sold] of lines.entries()) {
      const key = basketKey(sold, spans);
      if (key !== null && !baskets.has(key)) {
        const row = [spans ? null : sold.date, spans ? null : at(store, sold.store), key, importId];
        baskets.set(key, (await insert('basket', ['date', 'store_id', 'receipt', 'import_id'], [row]))[0] ?? 0);
      }
      await client.query(
        `INSERT INTO sale_line (workspace_id, import_id, row_no, date, store_id, shopper_no, basket_id, product_id, units,
                                amount, promotion, is_return) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [
          w,
          importId,
          position + 2,
          sold.date,
          at(store, sold.store),
          sold.shopper === null ? null : shoppers[sold.shopper]?.no,
          key === null ? null : baskets.get(key),
          product[sold.product],
          sold.units / 1000,
          sold.cents,
          sold.promotion,
          sold.isReturn,
        ],
      );
    }
    await refreshRollups(client, w, [...new Set(lines.map((sold) => sold.date))]);
    await client.query('COMMIT');
    return { workspaceId: w, category, manufacturer, brand, product, region, channel, store };
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
