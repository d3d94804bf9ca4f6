interface Node {
  id: number;
  name: string;
  parentId: number | null;
}

/**
 * The categories that hold all of the given ones, the nearest first, without the root: the markets that a brand's sales
 * are wholly part of, so that its shares stay shares.
 */
export function commonAncestors(tree: readonly Node[], ids: readonly number[]): Node[] {
  const byId = new Map(tree.map((node) => [node.id, node]));
  const upFrom = (id: number): Node[] => {
    const path: Node[] = [];
    for (let node = byId.get(id); node && path.length < 100; node = byId.get(node.parentId ?? 0)) path.push(node);
    return path;
  };
  const [first, ...others] = ids.map(upFrom);
  return (first ?? []).filter((node) => node.parentId !== null && others.every((path) => path.includes(node)));
}
