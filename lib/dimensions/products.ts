import 'server-only';
import type { z } from 'zod';
import type { product } from '@/lib/contract/members';
import { sql } from '@/lib/db/client';
import { asText } from './attributes';
import { mustExist } from './exists';
import { contains, readPage, type ListQuery, type Page } from './page';
import { versioned, type Versioned } from './versioned';

type Product = z.output<typeof product>;

interface Row {
  id: number;
  code: string;
  name: string;
  brandId: number;
  brandName: string;
  categoryId: number;
  categoryName: string;
  packSize: number | null;
  packUnit: string | null;
  attributes: Record<string, unknown>;
}

const source = {
  columns: sql.sql`p.id, p.code, p.name, p.brand_id AS "brandId", b.name AS "brandName",
    p.category_id AS "categoryId", c.name AS "categoryName",
    p.pack_size::float8 AS "packSize", p.pack_unit AS "packUnit", p.attributes`,
  from: sql.sql`product p JOIN brand b ON b.workspace_id = p.workspace_id AND b.id = p.brand_id
    JOIN category c ON c.workspace_id = p.workspace_id AND c.id = p.category_id`,
  order: sql.sql`p.name`,
  id: sql.sql`p.id`,
};

const toProduct = (row: Row): Product => ({
  id: row.id,
  code: row.code,
  name: row.name,
  brand: { id: row.brandId, name: row.brandName },
  category: { id: row.categoryId, name: row.categoryName },
  packSize: row.packSize,
  packUnit: row.packUnit,
  attributes: asText(row.attributes),
});

/** What a file named; the stand-ins for lines that name only a brand are left out. */
export function listProducts(
  workspaceId: number,
  query: ListQuery & { brand?: number | undefined; category?: number | undefined },
): Promise<Versioned<Page<Product>>> {
  return versioned(workspaceId, async (snapshot) => {
    await mustExist(snapshot, workspaceId, { brand: query.brand, category: query.category });
    const found = [contains(sql.sql`p.name`, query.search), contains(sql.sql`p.code`, query.search)];
    const search = found.filter((condition) => condition !== null);
    const where = [
      sql.sql`p.workspace_id = ${workspaceId} AND NOT p.unspecified`,
      search.length > 0 ? sql.sql`(${sql.join(search, ' OR ')})` : null,
      query.brand ? sql.sql`p.brand_id = ${query.brand}` : null,
      query.category
        ? sql.sql`p.category_id IN (SELECT category_id FROM category_ancestor
            WHERE workspace_id = ${workspaceId} AND ancestor_id = ${query.category})`
        : null,
    ];
    return readPage(snapshot, { ...source, where }, query, toProduct);
  });
}
