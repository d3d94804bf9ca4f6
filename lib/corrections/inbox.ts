import 'server-only';
import type { BrandInbox } from '@/lib/contract/corrections';
import { inSnapshot, type Snapshot } from '@/lib/db/snapshot';
import { sql } from '@/lib/db/client';
import { brandFinder } from '@/lib/mapping/find-brand';
import { NO_BRAND } from '@/lib/ingest/fold';
import { spellingKey } from './spelling';

const MOST = 100;

/** What waits to be set right: spellings of one brand, and products without one. */
export const readBrandInbox = (workspaceId: number): Promise<BrandInbox> =>
  inSnapshot(async (snapshot) => {
    const names = await readNames(snapshot, workspaceId);
    const spellings = await readSpellings(snapshot, workspaceId, names);
    return { ...spellings, ...(await readProducts(snapshot, workspaceId, names)) };
  });

interface Named {
  id: number;
  name: string;
  /** A correction about it is drafted or applied. */
  corrected: boolean;
}

const readNames = (snapshot: Snapshot, workspaceId: number): Promise<Named[]> => snapshot.$queryRaw<Named[]>`
  SELECT b.id, b.name, EXISTS (
    SELECT FROM correction c
    WHERE c.workspace_id = b.workspace_id AND c.kind = 'spelling' AND c.state <> 'undone' AND c.subject = b.name) AS corrected
  FROM brand b WHERE b.workspace_id = ${workspaceId}::int AND b.name NOT LIKE ${`%${NO_BRAND}`} ORDER BY b.name, b.id`;

async function readSpellings(snapshot: Snapshot, workspaceId: number, names: Named[]) {
  const groups = new Map<string, Named[]>();
  for (const named of names) {
    const key = named.corrected ? '' : spellingKey(named.name);
    if (key !== '') groups.set(key, [...(groups.get(key) ?? []), named]);
  }
  const alike = [...groups.values()].filter(({ length }) => length > 1);
  const rows = await snapshot.$queryRaw<{ id: number; products: number; sales: number }[]>`
    SELECT b.id, (SELECT count(*)::int FROM product p WHERE p.workspace_id = b.workspace_id AND p.brand_id = b.id) AS products,
           (coalesce((
             SELECT sum(m.amount) FROM sales_month m
             WHERE m.workspace_id = b.workspace_id AND m.category_id = r.id AND m.member_kind = 2 AND m.member_id = b.id), 0)
            / 10 ^ w.currency_scale)::float8 AS sales
    FROM brand b JOIN workspace w ON w.id = b.workspace_id
    JOIN category r ON r.workspace_id = b.workspace_id AND r.parent_id IS NULL
    WHERE b.workspace_id = ${workspaceId}::int AND b.id = ANY(${alike.flat().map(({ id }) => id)}::int[])`;
  const known = new Map(rows.map((row) => [row.id, row]));
  const spellings = alike
    .map((group) => {
      const brands = group
        .map(({ id, name }) => ({ id, name, products: known.get(id)?.products ?? 0, sales: known.get(id)?.sales ?? 0 }))
        .sort((a, b) => b.sales - a.sales);
      return { proposed: brands[0]!.name, brands, sales: brands.reduce((sum, { sales }) => sum + sales, 0) };
    })
    .sort((a, b) => b.sales - a.sales);
  return {
    spellings: spellings.slice(0, MOST).map(({ proposed, brands }) => ({ proposed, brands })),
    spellingsTotal: spellings.length,
  };
}

async function readProducts(snapshot: Snapshot, workspaceId: number, names: Named[]) {
  const without = sql.sql`
    FROM product p JOIN brand b ON b.workspace_id = p.workspace_id AND b.id = p.brand_id
    JOIN workspace w ON w.id = p.workspace_id
    WHERE p.workspace_id = ${workspaceId}::int AND b.name LIKE ${`%${NO_BRAND}`} AND NOT EXISTS (
      SELECT FROM correction c
      WHERE c.workspace_id = p.workspace_id AND c.kind = 'product' AND c.state <> 'undone' AND c.subject = p.code)`;
  const rows = await snapshot.$queryRaw<{ code: string; name: string; sales: number; total: number }[]>`
    SELECT p.code, p.name, count(*) OVER ()::int AS total,
           (coalesce((SELECT sum(m.amount) FROM sales_product_month m WHERE m.workspace_id = p.workspace_id AND m.product_id = p.id), 0)
            / 10 ^ w.currency_scale)::float8 AS sales
    ${without} ORDER BY sales DESC, p.code LIMIT ${MOST}`;
  const find = brandFinder(names.map(({ name }) => name));
  return {
    products: rows.map(({ code, name, sales }) => ({ code, name, sales, proposed: find(name) })),
    productsTotal: rows[0]?.total ?? 0,
  };
}
