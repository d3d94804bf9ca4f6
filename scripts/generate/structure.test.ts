import { describe, expect, it, vi } from 'vitest';
import { sizesOf } from './config';
import { linesByDay } from './lines';
import { manufacturerNames, sharedBrand } from './names';
import { buildWorld } from './world';
import { productsCsv, storesCsv } from './write';

// Each test reads many lines; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const read = (csv: string): Record<string, string>[] => {
  const [head, ...rows] = csv
    .trimEnd()
    .split('\n')
    .map((row) => row.split(','));
  return rows.map((cells) => {
    expect(cells).toHaveLength(head!.length);
    return Object.fromEntries(head!.map((name, i) => [name, cells[i]!]));
  });
};
const distinct = (rows: Record<string, string>[], column: string) => new Set(rows.map((row) => row[column]!));

describe('sizes', () => {
  it('scale shoppers and brands with the lines', () => {
    expect(sizesOf(20_000)).toMatchObject({ shoppers: 400, brands: 45, products: 600, stores: 120 });
    expect(sizesOf(1_000_000)).toEqual({ shoppers: 20_000, brands: 45, products: 600, stores: 120, manufacturers: 15 });
    expect(sizesOf(10_000_000)).toMatchObject({ shoppers: 100_000, brands: 200 });
  });

  it.each([
    [20_000, 1],
    [20_000, 2],
    [50_000, 3],
    [200_000, 4],
  ])('%i lines with seed %i come out within three percent', (wanted, seed) => {
    let made = 0;
    for (const day of linesByDay(buildWorld({ lines: wanted, seed }))) made += day.length;
    expect(Math.abs(made / wanted - 1)).toBeLessThan(0.03);
  });
});

describe.each([
  { lines: 20_000, brands: 45, products: 600 },
  { lines: 10_000_000, brands: 200, products: 2_400 },
])('the range for $lines lines', ({ lines, brands, products: count }) => {
  // Shoppers are not needed here, and a hundred thousand take a while.
  const world = buildWorld({ lines, seed: 5 }, { shoppers: 50 });
  const products = read(productsCsv(world));

  it(`has ${count} products of ${brands} brands and 15 manufacturers, no two alike`, () => {
    expect(products).toHaveLength(count);
    for (const column of ['product_id', 'product_name']) expect(distinct(products, column).size).toBe(count);
    expect(distinct(products, 'brand').size).toBe(brands);
    expect(distinct(products, 'manufacturer')).toEqual(new Set(manufacturerNames));
  });

  it('hangs five categories under two departments', () => {
    const paths = new Set(products.map((row) => `${row.category_1} > ${row.category_2}`));
    expect([...paths].sort()).toEqual([
      'Beverages > Coffee',
      'Beverages > Juice',
      'Beverages > Tea',
      'Snacks > Chocolate',
      'Snacks > Crisps',
    ]);
  });

  it('gives each brand one manufacturer and one category, but one brand two categories', () => {
    const of = (column: string) => {
      const map = new Map<string, Set<string>>();
      for (const row of products) map.set(row.brand!, (map.get(row.brand!) ?? new Set()).add(row[column]!));
      return map;
    };
    expect([...of('manufacturer').values()].filter((set) => set.size !== 1)).toEqual([]);
    const wide = [...of('category_2')].filter(([, set]) => set.size > 1);
    expect(wide).toEqual([[sharedBrand, new Set(['Coffee', 'Chocolate'])]]);
  });

  it('has pack sizes, in l for juice and in kg for the rest, and attributes', () => {
    for (const row of products) {
      expect(Number(row.pack_size)).toBeGreaterThan(0);
      expect(row.pack_unit).toBe(row.category_2 === 'Juice' ? 'l' : 'kg');
    }
    expect(distinct(products, 'organic')).toEqual(new Set(['yes', 'no']));
    expect(distinct(products, 'tier')).toEqual(new Set(['value', 'mainstream', 'premium']));
    expect(distinct(products, 'flavour').size).toBe(30);
  });

  it('gives brand shares and product weights that sum to 1', () => {
    const { slots, slotRange, products: range } = world.catalogue;
    for (const { from, to } of slotRange) {
      expect(slots.slice(from, to).reduce((sum, slot) => sum + slot.share, 0)).toBeCloseTo(1, 9);
    }
    for (const { from, to } of slots) {
      expect(range.slice(from, to).reduce((sum, product) => sum + product.weight, 0)).toBeCloseTo(1, 9);
    }
  });
});

describe('places', () => {
  const stores = read(storesCsv(buildWorld({ lines: 20_000, seed: 5 })));

  it('are 120 stores in 8 regions, 4 channels in each, with attributes', () => {
    expect(stores).toHaveLength(120);
    expect(distinct(stores, 'store_id').size).toBe(120);
    expect(distinct(stores, 'store_name').size).toBe(120);
    expect(distinct(stores, 'region').size).toBe(8);
    expect(new Set(stores.map((row) => `${row.region}/${row.channel}`)).size).toBe(32);
    expect(distinct(stores, 'size')).toEqual(new Set(['S', 'M', 'L', 'XL']));
    expect(distinct(stores, 'format').size).toBeGreaterThan(3);
  });
});
