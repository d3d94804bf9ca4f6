import { loadPool } from '@/lib/db/pool';
import type { StagedLine } from './staged.fixture';

// Two months of lines, a product file and a store file, and short ways to look at what became of them.

export const act = (workspaceId: number, importId: number) => ({ workspaceId, importId, userId: null });
export const totals = async (workspaceId: number) => {
  const { rows } = await loadPool.query<Record<string, string | number | null>>(
    `SELECT count(*)::int AS lines, sum(amount)::float8 AS amount, sum(units)::float8 AS units,
            count(DISTINCT shopper_no)::int AS shoppers, count(DISTINCT basket_id)::int AS baskets
     FROM sale_line WHERE workspace_id = $1`,
    [workspaceId],
  );
  return rows[0];
};
export const products = async (workspaceId: number) => {
  const { rows } = await loadPool.query<{ row: string }>(
    `SELECT concat_ws(' | ', p.code, p.name, b.name, coalesce(m.name, '-'), c.name, p.pack_size::float8, p.pack_unit,
                      CASE WHEN p.unspecified THEN 'unspecified' END) AS row
     FROM product p JOIN brand b ON b.workspace_id = p.workspace_id AND b.id = p.brand_id
     LEFT JOIN manufacturer m ON m.workspace_id = b.workspace_id AND m.id = b.manufacturer_id
     JOIN category c ON c.workspace_id = p.workspace_id AND c.id = p.category_id
     WHERE p.workspace_id = $1 ORDER BY p.code COLLATE "C"`,
    [workspaceId],
  );
  return rows.map(({ row }) => row);
};
export const one = async <T>(text: string, values: unknown[]): Promise<T> => {
  const { rows } = await loadPool.query<{ value: T }>(text, values);
  return rows[0]!.value;
};

export const january: StagedLine[] = [
  {
    date: '2024-01-02',
    store: 'A',
    region: 'North',
    channel: 'Super',
    shopper: 's1',
    receipt: 'r1',
    product: '001',
    product_name: 'X 250',
    brand: 'X',
    manufacturer: 'M',
    category: 'Drinks/Coffee',
    pack_size: 0.25,
    pack_unit: 'kg',
    units: 2,
    amount: 10.5,
    base_amount: 12,
    promotion: 1,
  },
  { date: '2024-01-02', store: 'A', shopper: 's1', receipt: 'r1', brand: 'Y', category: 'Drinks', amount: 4 },
  { date: '2024-01-02', store: 'A', shopper: 's1', receipt: 'r1', brand: 'Y', category: 'Drinks', amount: 4 },
  { date: '2024-01-03', store: 'A', shopper: 's2', receipt: 'r1', product: '002', amount: '0.01' },
  { date: '2024-01-04', region: 'South', manufacturer: 'N', product: '003', amount: 7 },
];
export const february: StagedLine[] = [
  { date: '2024-02-02', store: 'A', shopper: 's3', receipt: 'r9', product: '001', brand: 'Other', units: 1, amount: 6 },
  {
    date: '2024-02-03',
    store: 'B',
    region: 'South',
    shopper: 's1',
    receipt: 'r2',
    product: '002',
    brand: 'Z',
    amount: 5,
  },
];

export const productFile = {
  '001': { name: 'X coffee', brand: 'Xtra', category: ['Drinks', 'Coffee', 'Beans'], attributes: { colour: 'red' } },
  '002': { brand: 'X', manufacturer: 'M2', pack_size: '1', pack_unit: 'l', category: ['Tea'] },
  '999': { name: 'never sold' },
};
export const storeFile = { A: { name: 'Main street', region: 'East', channel: 'Hyper' }, B: { region: 'West' } };
