import 'server-only';
import type { LeavesSpec } from '@/lib/contract/drill';
import { inSnapshot } from '@/lib/db/snapshot';
import { metricOf } from '@/lib/metrics/catalog';
import { leafValue } from '@/lib/metrics/compute';
import { leafUnit, leavesOf } from '@/lib/metrics/metric';
import { labelOf } from './explain';
import { metaOf } from './list-lines';
import { Reader } from './read';
import { settle } from './under';

/** The leaves of a metric for one row of an answer, as its total has them in the answer itself. */
export const readLeaves = (workspaceId: number, { metric: id, ...spec }: LeavesSpec) =>
  inSnapshot(async (snapshot) => {
    const metric = metricOf(id);
    const settled = await settle(snapshot, workspaceId, spec, metric.needs);
    const reader = new Reader(snapshot, settled.ground);
    const { gathering, key } = settled.gathering(reader);
    gathering.need([id]);
    await reader.run();
    const { now, before } = gathering.rowOf(key);
    return {
      leaves: leavesOf(metric).map((leaf) => ({
        label: labelOf(leaf),
        unit: leafUnit(leaf),
        value: leafValue(leaf, now),
        ...(settled.resolved.before && { previous: before && leafValue(leaf, before) }),
      })),
      meta: metaOf(settled.resolved.facts),
    };
  });
