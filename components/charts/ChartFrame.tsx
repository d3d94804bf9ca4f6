'use client';

import { useExplain } from '@/components/metrics/explain-context';
import type { QueryResponse } from '@/lib/contract/query';
import { metricOf, type MetricId } from '@/lib/metrics/catalog';
import { Frame, type FrameProps } from './Frame';
import { frameState, type Reading } from './frame-state';

interface Props extends FrameProps<QueryResponse> {
  query: Reading & { refetch: () => unknown };
  /** What is shown, the main one first: it gives definition and "how computed". */
  metrics: readonly MetricId[];
}

/** A frame around metrics. */
export function ChartFrame({ query, metrics, ...frame }: Props) {
  const explain = useExplain();
  const { data: response } = query;
  return (
    <Frame
      state={frameState(query, metrics)}
      retry={query.refetch}
      definitions={metrics.slice(0, 4).map((id) => ({
        label: `${metricOf(id).label}: how computed`,
        open: response && (() => explain({ metric: id, response })),
      }))}
      {...frame}
    />
  );
}
