import 'server-only';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import { splitMonths, type Range } from '@/lib/metrics/periods';
import { usesProduct, type Cut } from './cut';
import { allUnder, attributesMatch, inSpans, name, oneOf, type Sql } from './fragments';
import { reach, type Ground } from './plan';

/** The categories in which something was sold, for each member and for all of them together; wherever it was sold. */
export interface Sold {
  of(member: string | null): number[];
  together: number[];
  members: (string | null)[];
}

/**
 * Where members sold in the range or in the comparison: one market for both, which holds all of them both times. A brand that
 * left a category has no share of a market that lacks a part of it; one that was delisted falls to nothing of where it was.
 */
export async function readSold(
  snapshot: Snapshot,
  cut: Cut,
  range: Range,
  before: Range | null,
  ground: Ground,
): Promise<Sold> {
  const [now = nothing, then = nothing] = await readPairs(snapshot, cut, [range, ...(before ? [before] : [])], ground);
  const { tree } = ground;
  // A category that products hang on may have sub-categories that the slice leaves out.
  const within = (categories: readonly number[]): number[] => tree.meet(tree.tops(categories), cut.nodes);
  return {
    of: (member) => within([...(now.get(member) ?? []), ...(then.get(member) ?? [])]),
    members: [...new Set([...now.keys(), ...then.keys()])],
    together: within([...now.values(), ...then.values()].flat()),
  };
}

type Pairs = ReadonlyMap<string | null, number[]>;
const nothing: Pairs = new Map();

/** Member and categories, of each range. */
async function readPairs(snapshot: Snapshot, cut: Cut, ranges: readonly Range[], ground: Ground): Promise<Pairs[]> {
  const statements = ranges.flatMap((range, at) => {
    const reached = reach(range, ground.facts.data);
    if (!reached) return [];
    const pairs = usesProduct(cut) ? productPairs(cut, reached, ground) : brandPairs(cut, reached, ground);
    return [sql.sql`SELECT ${name(String(at))} AS at, pair.* FROM (${pairs}) pair`];
  });
  const found = ranges.map(() => new Map<string | null, number[]>());
  if (statements.length === 0) return found;
  const rows = await snapshot.$queryRaw<{ at: number; key: string | null; category_id: number }[]>(
    sql.join(statements, ' UNION ALL '),
  );
  for (const { at, key, category_id } of rows) found[at]?.set(key, [...(found[at]?.get(key) ?? []), category_id]);
  return found;
}

const keys = (cut: Cut, product: Sql, brand: Sql): Sql => {
  if (cut.key.by === 'brand') return sql.sql`${brand}::text`;
  if (cut.key.by === 'product') return sql.sql`${product}::text`;
  return cut.key.by === 'manufacturer' ? sql.sql`b.manufacturer_id::text` : sql.sql`''::text`;
};

function productPairs(cut: Cut, range: Range, { facts, tree }: Ground): Sql {
  return sql.sql`
    SELECT DISTINCT ${keys(cut, name('p.id'), name('p.brand_id'))} AS key, p.category_id
    FROM product p JOIN brand b ON b.workspace_id = p.workspace_id AND b.id = p.brand_id
    WHERE p.workspace_id = ${facts.workspaceId}::int AND p.category_id = ANY(${allUnder(tree)(cut.nodes)}::int[])
      ${oneOf(name('p.id'), cut.products)} ${oneOf(name('p.brand_id'), cut.brands)} ${attributesMatch('p', 'product', cut)}
      AND EXISTS (SELECT 1 FROM sales_product_day r WHERE r.workspace_id = ${facts.workspaceId}::int
                  AND r.product_id = p.id AND ${inSpans(name('r.date'), [range])})`;
}

/**
 * A brand's row at a category holds what is below it too, so for a category with sub-categories the products tell whether
 * anything was sold in the category itself.
 */
function brandPairs(cut: Cut, range: Range, { facts, tree }: Ground): Sql {
  const categories = allUnder(tree)(cut.nodes);
  const { months, edges } = splitMonths(range);
  const sold = (table: 'sales_month' | 'sales_day', time: Sql, spans: Range[]): Sql =>
    spans.length === 0
      ? sql.sql`false`
      : sql.sql`EXISTS (SELECT 1 FROM ${name(table)} r WHERE r.workspace_id = ${facts.workspaceId}::int
          AND r.category_id = o.category_id AND r.member_kind = 2 AND r.member_id = o.brand_id AND ${inSpans(time, spans)})`;
  return sql.sql`
    SELECT DISTINCT ${keys(cut, sql.empty, name('o.brand_id'))} AS key, o.category_id
    FROM (SELECT DISTINCT p.brand_id, p.category_id FROM product p
          WHERE p.workspace_id = ${facts.workspaceId}::int AND p.category_id = ANY(${categories}::int[])
            ${oneOf(name('p.brand_id'), cut.brands)}) o
    JOIN brand b ON b.workspace_id = ${facts.workspaceId}::int AND b.id = o.brand_id
    WHERE CASE WHEN o.category_id = ANY(${categories.filter((id) => tree.children(id).length > 0)}::int[])
      THEN EXISTS (SELECT 1 FROM product p JOIN sales_product_day r ON r.workspace_id = p.workspace_id AND r.product_id = p.id
                   WHERE p.workspace_id = ${facts.workspaceId}::int AND p.brand_id = o.brand_id
                     AND p.category_id = o.category_id AND ${inSpans(name('r.date'), [range])})
      ELSE ${sold('sales_month', name('r.month'), months ? [months] : [])}
        OR ${sold('sales_day', name('r.date'), edges)} END`;
}
