'use client';

import { useRef, useState, type ReactNode } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconChartBarOff, IconMoodEmpty } from '@tabler/icons-react';
import { ErrorBoundary } from '@/components/ui/ErrorBoundary';
import { Note } from '@/components/ui/Note';
import { Panel } from '@/components/ui/Panel';
import { PlainTable, type TableData } from '@/components/ui/PlainTable';
import type { QueryResponse } from '@/lib/contract/query';
import type { MetricId } from '@/lib/metrics/catalog';
import { ChartMenu } from './ChartMenu';
import { StaleNote } from './StaleNote';
import { frameState, type Reading } from './frame-state';
import classes from './ChartFrame.module.css';

interface Props {
  /** Says what the chart shows: "Value sales by week". */
  title: string;
  /** The unit, the market of a share, the dates: what the numbers need to be read rightly. */
  subtitle?: ReactNode;
  query: Reading & { refetch: () => unknown };
  /** What is shown, the main one first: it gives definition and "how computed". */
  metrics: readonly MetricId[];
  /** Kept in every state, so that nothing jumps. */
  height: number;
  /** Left out where what is shown is a table itself. */
  table?: (data: QueryResponse) => TableData;
  /** Beside the title, such as a choice of metric. */
  controls?: ReactNode;
  /** What to do where there is nothing to show, and under which heading. */
  emptyHint?: string;
  emptyTitle?: string;
  children: (data: QueryResponse) => ReactNode;
}

/** Owns every state of a chart, its table, its exports and its explanation. */
export function ChartFrame({
  title,
  subtitle,
  query,
  metrics,
  height,
  table,
  controls,
  emptyHint,
  emptyTitle = 'Nothing sold in this slice',
  children,
}: Props) {
  const [asTable, setAsTable] = useState(false);
  const panel = useRef<HTMLElement>(null);
  const state = frameState(query, metrics);
  const data = state.kind === 'ready' || state.kind === 'stale' ? state.data : null;
  const retry = (
    <Button variant="default" onClick={() => void query.refetch()}>
      Try again
    </Button>
  );
  return (
    <Panel
      ref={panel}
      title={title}
      subtitle={subtitle}
      actions={
        <div className={classes.actions} data-export="no">
          {controls}
          <ChartMenu
            title={title}
            metrics={metrics}
            response={query.data}
            table={table && (data ? table : null)}
            asTable={asTable}
            onTable={setAsTable}
            node={panel}
          />
        </div>
      }
    >
      {state.kind === 'stale' && <StaleNote why={state.why} ageSeconds={state.ageSeconds} />}
      <div
        className={classes.plot}
        style={{ minHeight: height }}
        aria-busy={state.kind === 'pending' || (state.kind === 'stale' && state.why === 'updating')}
        data-state={state.kind}
      >
        {state.kind === 'pending' && <Skeleton height={height} radius="md" />}
        {state.kind === 'failed' && (
          <Note
            role="alert"
            minHeight={height}
            icon={<IconAlertTriangle size={22} stroke={1.6} />}
            title={state.message}
            action={retry}
          >
            {state.requestId && <>Request {state.requestId}</>}
          </Note>
        )}
        {state.kind === 'unavailable' && (
          <Note minHeight={height} icon={<IconChartBarOff size={22} stroke={1.6} />} title="Not in this data">
            {state.reason}
          </Note>
        )}
        {state.kind === 'empty' && (
          <Note minHeight={height} icon={<IconMoodEmpty size={22} stroke={1.6} />} title={emptyTitle}>
            {emptyHint ?? 'Widen the dates or take a filter off.'}
          </Note>
        )}
        {data && (
          <ErrorBoundary
            fallback={(_, again) => (
              <Note
                role="alert"
                minHeight={height}
                icon={<IconAlertTriangle size={22} stroke={1.6} />}
                title="This chart could not be drawn."
                action={
                  <Button variant="default" onClick={again}>
                    Draw again
                  </Button>
                }
              />
            )}
          >
            {asTable && table ? (
              <PlainTable data={table(data)} caption={title} maxHeight={Math.max(height, 240)} />
            ) : (
              <div className={state.kind === 'stale' && state.why === 'updating' ? classes.waiting : undefined}>
                {children(data)}
              </div>
            )}
          </ErrorBoundary>
        )}
      </div>
    </Panel>
  );
}
