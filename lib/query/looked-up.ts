import type { Tree } from './tree';

const kept = new WeakMap<Tree, Map<string, Map<string, unknown>>>();

/**
 * What was looked up of a dimension since the workspace last changed, which is how long its tree stands. Beyond `most` it is
 * looked up anew.
 */
export function lookedUp<T>(tree: Tree, what: string, most: number): Map<string, T> {
  const all = kept.get(tree) ?? new Map<string, Map<string, unknown>>();
  kept.set(tree, all);
  const found = (all.get(what) ?? new Map<string, unknown>()) as Map<string, T>;
  const known = found.size > most ? new Map<string, T>() : found;
  all.set(what, known);
  return known;
}
