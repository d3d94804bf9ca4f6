import 'server-only';
import type { z } from 'zod';
import type { category } from '@/lib/contract/members';
import { sql } from '@/lib/db/client';
import { contains, readPage, type ListQuery, type Page } from './page';
import { versioned, type Versioned } from './versioned';

type Category = z.output<typeof category>;

interface Row {
  id: number;
  name: string;
  parentId: number | null;
  depth: number;
  path: string[];
  products: number;
}

/** The tree in reading order: each node before what is under it, siblings by name. */
export function listCategories(workspaceId: number, query: ListQuery): Promise<Versioned<Page<Category>>> {
  const from = sql.sql`(
    SELECT c.id, c.name, c.parent_id AS "parentId", c.depth::int AS depth,
      COALESCE((SELECT array_agg(up.name ORDER BY up.depth) FROM category_ancestor a
        JOIN category up ON up.workspace_id = a.workspace_id AND up.id = a.ancestor_id
        WHERE a.workspace_id = c.workspace_id AND a.category_id = c.id AND up.depth > 0), '{}') AS path,
      (SELECT count(*)::int FROM category_ancestor under
        JOIN product p ON p.workspace_id = under.workspace_id AND p.category_id = under.category_id
        WHERE under.workspace_id = c.workspace_id AND under.ancestor_id = c.id AND NOT p.unspecified) AS products
    FROM category c WHERE c.workspace_id = ${workspaceId}) t`;
  return versioned(workspaceId, (snapshot) =>
    readPage<Row, Category>(
      snapshot,
      {
        columns: sql.sql`t.id, t.name, t."parentId", t.depth, t.path, t.products`,
        from,
        where: [contains(sql.sql`t.name`, query.search)],
        order: sql.sql`t.path`,
        orderType: 'text[]',
        id: sql.sql`t.id`,
      },
      query,
      ({ id, name, parentId, depth, path, products }) => ({ id, name, parentId, depth, path, products }),
    ),
  );
}
