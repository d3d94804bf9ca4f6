import 'server-only';
import type { Snapshot } from '@/lib/db/snapshot';
import type { Cut, Key } from './cut';
import { Gathering, type Gathered, type Gatherer } from './gather';
import { sliceOf } from './groups';
import type { Reader } from './read';
import type { Resolved } from './resolve';
import { scopesOf } from './scopes';
import { readSold } from './sold';

/**
 * Rows of a break-down by groups. Groups may overlap, so each is gathered by itself, as the slice that it is, with the market
 * and the base that a filter by it would have.
 */
export async function gatherGroups(
  snapshot: Snapshot,
  reader: Reader,
  resolved: Resolved,
  slice: Cut,
  { groups, as }: Extract<Key, { by: 'group' }>,
): Promise<Gatherer> {
  const { market, range, before, tree } = resolved;
  const parts: { key: string; gathering: Gathering; nodes: readonly number[] }[] = [];
  for (const group of groups) {
    const cut = sliceOf(slice, group);
    const sold = market === 'sold' ? await readSold(snapshot, cut, range, before, reader.ground) : null;
    const gathering = new Gathering(reader, resolved, scopesOf(cut, market, sold, tree));
    parts.push({ key: String(group.id), gathering, nodes: sold?.together ?? slice.nodes });
  }
  const sells = ({ now, before: then }: Gathered): boolean =>
    [now.slice, then?.slice].some((leaves) => (leaves?.sums.lines ?? 0) > 0);
  return {
    need: (metrics) => parts.forEach(({ gathering }) => gathering.need(metrics)),
    rows: () =>
      parts.flatMap(({ key, gathering }) =>
        gathering
          .rows()
          .filter(sells)
          .map((row) => ({ ...row, key })),
      ),
    sources: (id) => [...new Set(parts.flatMap(({ gathering }) => gathering.sources(id)))],
    marketNodes: as === 'brand' ? (row) => parts.find(({ key }) => key === row)?.nodes ?? [] : null,
  };
}
