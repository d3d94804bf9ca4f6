import 'server-only';
import type { z } from 'zod';
import { ApiError } from '@/lib/contract/errors';
import type { brand } from '@/lib/contract/members';
import { sql } from '@/lib/db/client';
import { mustExist } from './exists';
import { contains, readPage, type ListQuery, type Page } from './page';
import { versioned, type Versioned } from './versioned';

type Brand = z.output<typeof brand>;

interface Named {
  id: number;
  name: string;
}

const columns = sql.sql`b.id, b.name,
  CASE WHEN m.id IS NULL THEN NULL ELSE json_build_object('id', m.id, 'name', m.name) END AS manufacturer,
  (SELECT count(*)::int FROM product p
    WHERE p.workspace_id = b.workspace_id AND p.brand_id = b.id AND NOT p.unspecified) AS products,
  COALESCE((SELECT json_agg(json_build_object('id', c.id, 'name', c.name) ORDER BY c.name, c.id) FROM category c
    WHERE c.workspace_id = b.workspace_id AND c.id IN (SELECT p.category_id FROM product p
      WHERE p.workspace_id = b.workspace_id AND p.brand_id = b.id)), '[]') AS categories`;
const from = sql.sql`brand b LEFT JOIN manufacturer m ON m.workspace_id = b.workspace_id AND m.id = b.manufacturer_id`;

interface Row {
  id: number;
  name: string;
  manufacturer: Named | null;
  products: number;
  categories: Named[];
}

const toBrand = ({ id, name, manufacturer, products, categories }: Row): Brand => ({
  id,
  name,
  manufacturer,
  products,
  categories,
});

export function listBrands(
  workspaceId: number,
  query: ListQuery & { manufacturer?: number | undefined; category?: number | undefined },
): Promise<Versioned<Page<Brand>>> {
  return versioned(workspaceId, async (snapshot) => {
    await mustExist(snapshot, workspaceId, { manufacturer: query.manufacturer, category: query.category });
    const where = [
      sql.sql`b.workspace_id = ${workspaceId}`,
      contains(sql.sql`b.name`, query.search),
      query.manufacturer ? sql.sql`b.manufacturer_id = ${query.manufacturer}` : null,
      query.category
        ? sql.sql`EXISTS (SELECT 1 FROM product p
            JOIN category_ancestor a ON a.workspace_id = p.workspace_id AND a.category_id = p.category_id
            WHERE p.workspace_id = b.workspace_id AND p.brand_id = b.id AND a.ancestor_id = ${query.category})`
        : null,
    ];
    return readPage(snapshot, { columns, from, where, order: sql.sql`b.name`, id: sql.sql`b.id` }, query, toBrand);
  });
}

export function getBrand(workspaceId: number, id: number): Promise<Versioned<Brand>> {
  return versioned(workspaceId, async (snapshot) => {
    const [row] = await snapshot.$queryRaw<Row[]>`
      SELECT ${columns} FROM ${from} WHERE b.workspace_id = ${workspaceId} AND b.id = ${id}`;
    if (!row) throw new ApiError('not_found', 'There is no such brand in this workspace.');
    return toBrand(row);
  });
}
