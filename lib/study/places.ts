import 'server-only';
import type { Key } from '@/lib/query/cut';
import type { Tree } from '@/lib/query/tree';
import type { Study } from './study';

export const placeLabels = { region: 'Region', channel: 'Channel', store: 'Store', category: 'Category' } as const;

/** Splits a market by place. Each category that products hang on is a place of its own, so that they are disjoint. */
export function placeKey(by: keyof typeof placeLabels, { market }: Study, tree: Tree): Key {
  if (by !== 'category') return { by };
  const categories = market.nodes.flatMap((node) => tree.under(node)).filter((node) => tree.carries(node));
  return {
    by: 'cells',
    cells: categories
      .map((id) => (tree.children(id).length > 0 ? -id : id))
      .map((node) => ({ key: String(node), nodes: [node] })),
  };
}
