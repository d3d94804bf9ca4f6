import 'server-only';
import type { LeavesSpec } from '@/lib/contract/drill';
import { inSnapshot } from '@/lib/db/snapshot';
import { metricOf, type Leaf } from '@/lib/metrics/catalog';
import { leafValue } from '@/lib/metrics/compute';
import { leafUnit, leavesOf } from '@/lib/metrics/metric';
import { familyOf, labelOf } from './explain';
import { metaOf } from './list-lines';
import { Reader } from './read';
import { readUnder, settle } from './under';

/** The leaves of a metric for one row of an answer, as its total has them in the answer itself. */
export const readLeaves = (workspaceId: number, { metric: id, ...spec }: LeavesSpec) =>
  inSnapshot(async (snapshot) => {
    const metric = metricOf(id);
    const settled = await settle(snapshot, workspaceId, spec, metric.needs);
    const { facts, before } = settled.resolved;
    const reader = new Reader(snapshot, settled.ground);
    const read = async (when: 'now' | 'before'): Promise<(number | null)[]> => {
      const each = leavesOf(metric).map((leaf) => ({ leaf, family: familyOf(leaf) }));
      const wanted = each.flatMap(({ leaf, family }) =>
        family ? [{ family, under: settled.under(leaf.scope, family, when) }] : [],
      );
      const found = await readUnder(reader, wanted);
      return each.map(({ leaf, family }) => {
        const leaves = family ? (found.shift() ?? null) : null;
        return leafValue(leaf, { slice: leaves, market: leaves, all: leaves, universe: facts.universe });
      });
    };
    const now = await read('now');
    const then = before ? await read('before') : null;
    return {
      leaves: leavesOf(metric).map((leaf: Leaf, at) => ({
        label: labelOf(leaf),
        unit: leafUnit(leaf),
        value: now[at] ?? null,
        ...(then && { previous: then[at] ?? null }),
      })),
      meta: metaOf(facts),
    };
  });
