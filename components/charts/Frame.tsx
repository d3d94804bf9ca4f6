'use client';

import { useRef, useState, type ReactNode } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconChartBarOff, IconMoodEmpty } from '@tabler/icons-react';
import { ErrorBoundary } from '@/components/ui/ErrorBoundary';
import { Note } from '@/components/ui/Note';
import { Panel } from '@/components/ui/Panel';
import { PlainTable, type TableData } from '@/components/ui/PlainTable';
import { ChartMenu, type Definition } from './ChartMenu';
import { StaleNote } from './StaleNote';
import type { Framed, FrameState } from './frame-state';
import classes from './ChartFrame.module.css';

export interface FrameProps<Data> {
  /** Says what the chart shows: "Value sales by week". */
  title: string;
  /** The unit, the market of a share, the dates: what the numbers need to be read rightly. */
  subtitle?: ReactNode;
  /** Kept in every state, so that nothing jumps. */
  height: number;
  /** Left out where what is shown is a table itself. */
  table?: (data: Data) => TableData;
  /** Beside the title, such as a choice of metric. */
  controls?: ReactNode;
  /** What to do where there is nothing to show, and under which heading. */
  emptyHint?: string;
  emptyTitle?: string;
  /** Under chart and table alike. */
  foot?: ReactNode;
  /** Left out where there is no other view than the table. */
  children?: (data: Data) => ReactNode;
}

interface Props<Data extends Framed> extends FrameProps<Data> {
  state: FrameState<Data>;
  retry: () => unknown;
  definitions: readonly Definition[];
}

/** Owns every state of what is shown, its table, its exports and its explanation. */
export function Frame<Data extends Framed>({
  title,
  subtitle,
  state,
  retry: again,
  definitions,
  height,
  table,
  controls,
  emptyHint,
  emptyTitle = 'Nothing sold in this slice',
  foot,
  children,
}: Props<Data>) {
  const [chosen, setChosen] = useState(false);
  const panel = useRef<HTMLElement>(null);
  const asTable = chosen || !children;
  const data = state.kind === 'ready' || state.kind === 'stale' ? state.data : null;
  const retry = (
    <Button variant="default" onClick={() => void again()}>
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
            definitions={definitions}
            table={table && (data ? () => table(data) : null)}
            asTable={asTable}
            onTable={children && setChosen}
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
              <PlainTable data={table(data)} caption={title} maxHeight={children ? Math.max(height, 240) : 520} />
            ) : (
              <div className={state.kind === 'stale' && state.why === 'updating' ? classes.waiting : undefined}>
                {children?.(data)}
              </div>
            )}
          </ErrorBoundary>
        )}
        {data && foot}
      </div>
    </Panel>
  );
}
