import 'server-only';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import { splitMonths, type Range } from '@/lib/metrics/periods';
import { readBrands, readManufacturers } from './assortment';
import { usesProduct, type Cut } from './cut';
import { allUnder, attributesMatch, inSpans, name, oneOf, type Sql } from './fragments';
import { reach, type Ground } from './plan';
import { readSumRows } from './read-sums';
import { dayIn } from './times';

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
  const { tree, facts } = ground;
  const categories = allUnder(tree)(cut.nodes);
  // A brand's row at a category holds what is below it too: its products tell whether it sold in the category itself.
  const divided = usesProduct(cut)
    ? cut.nodes
    : categories.filter((id) => tree.children(id).length > 0 && tree.carries(id)).map((id) => -id);
  const leaves = usesProduct(cut) ? [] : categories.filter((id) => tree.children(id).length === 0);
  const found: Pairs[] = [];
  for (const range of ranges) {
    const pairs = new Map<string | null, number[]>();
    found.push(pairs);
    const reached = reach(range, facts.data);
    if (!reached) continue;
    const add = (key: string | null, category: number): void =>
      void pairs.set(key, [...(pairs.get(key) ?? []), category]);
    for (const { key, category } of await brandPairs(snapshot, cut, leaves, reached, ground)) add(key, category);
    if (divided.length === 0) continue;
    const rows = await snapshot.$queryRaw<{ key: string | null; category_id: number }[]>(
      productPairs({ ...cut, nodes: divided }, reached, ground),
    );
    for (const { key, category_id: category } of rows) add(key, category);
  }
  return found;
}

const keyOf = (cut: Cut): Sql => {
  if (cut.key.by === 'brand') return sql.sql`p.brand_id::text`;
  if (cut.key.by === 'product') return sql.sql`p.id::text`;
  return cut.key.by === 'manufacturer' ? sql.sql`b.manufacturer_id::text` : sql.sql`''::text`;
};

function productPairs(cut: Cut, range: Range, { facts, tree }: Ground): Sql {
  return sql.sql`
    SELECT DISTINCT ${keyOf(cut)} AS key, p.category_id
    FROM product p JOIN brand b ON b.workspace_id = p.workspace_id AND b.id = p.brand_id
    WHERE p.workspace_id = ${facts.workspaceId}::int AND p.category_id = ANY(${allUnder(tree)(cut.nodes)}::int[])
      ${oneOf(name('p.id'), cut.products)} ${oneOf(name('p.brand_id'), cut.brands)} ${attributesMatch('p', 'product', cut)}
      AND EXISTS (SELECT 1 FROM sales_product_day r WHERE r.workspace_id = ${facts.workspaceId}::int
                  AND r.product_id = p.id AND ${inSpans(name('r.date'), [range])})`;
}

async function brandPairs(
  snapshot: Snapshot,
  cut: Cut,
  categories: readonly number[],
  range: Range,
  ground: Ground,
): Promise<{ key: string | null; category: number }[]> {
  const brands = await readBrands(snapshot, cut, categories, ground);
  const { by } = cut.key;
  const manufacturerOf = by === 'manufacturer' ? await readManufacturers(snapshot, ground) : null;
  const keyOf = (brand: number): string | null =>
    by === 'brand' ? String(brand) : manufacturerOf ? manufacturerOf(brand) : '';
  const series = [...brands].flatMap(([category, of]) =>
    of.map((brand) => ({ key: keyOf(brand), ids: [category, 2, brand], category })),
  );
  const { months, edges } = splitMonths(range);
  const sold = new Map<string, { key: string | null; category: number }>();
  for (const [table, spans] of [
    ['sales_month', months ? [months] : []],
    ['sales_day', edges],
  ] as const) {
    const within = dayIn(spans);
    for (const { series: one, lists } of await readSumRows(snapshot, table, series, spans, [], ground)) {
      if (lists['times']!.some(within)) sold.set(`${one.category} ${one.key ?? '\0'}`, one);
    }
  }
  return [...sold.values()];
}
