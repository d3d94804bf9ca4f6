'use client';

import type { ReactNode } from 'react';
import { Drawer } from '@mantine/core';
import type { QueryResponse, QueryRow } from '@/lib/contract/query';
import { metricOf, type MetricId } from '@/lib/metrics/catalog';
import { formatMetric, none } from '@/lib/metrics/format';
import { formatAge, formatDate, formatRange } from '@/lib/metrics/format-date';
import { Change } from './Change';
import { baseOf, styleOf } from './describe';
import { Leaves } from './Leaves';
import classes from './ExplainPanel.module.css';

function Facts({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <h3 className={classes.heading}>{title}</h3>
      {children}
    </section>
  );
}

const Line = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className={classes.line}>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

export interface Explained {
  metric: MetricId;
  response: QueryResponse;
  /** The row of the number that was opened; left out: the total. */
  row?: QueryRow;
  /** A number that the page makes of the metric's: what it is called, what it says, how it is made. */
  made?: { label: string; text: string; formula: string };
}

function Body({ what: { metric: id, response, row, made }, onLeave }: { what: Explained; onLeave: () => void }) {
  const metric = metricOf(id);
  const { meta } = response;
  const told = meta.metrics[id];
  const shown = row ?? (response.totals.length === 1 ? response.totals[0] : undefined);
  const style = styleOf(response, id);
  const market = row?.market ?? meta.market;
  const base = baseOf(id, market);
  const since = row?.period ? `From ${formatDate(row.period)}` : null;
  const whose = [row?.member?.name, since].filter(Boolean).join(' · ');
  return (
    <>
      {told?.state === 'unavailable' && <p className={classes.warn}>{told.reason}</p>}
      {made && (
        <>
          <div className={classes.number}>
            {whose && <span className={classes.member}>{whose}</span>}
            <span className={classes.value}>{made.text}</span>
          </div>
          <p className={classes.formula}>{made.formula}</p>
        </>
      )}
      {shown && told?.state !== 'unavailable' && (
        <div className={classes.number} data-behind={made ? true : undefined}>
          <span className={classes.member}>{made ? `It rests on: ${metric.label.toLowerCase()}` : whose}</span>
          <span className={classes.value}>{formatMetric(id, shown.values[id], style)}</span>
          {meta.compareRange && (
            <span className={classes.before}>
              <Change metric={id} value={shown.change?.[id]} /> from {formatMetric(id, shown.previous?.[id], style)}
            </span>
          )}
          {shown.lowBase?.includes(id) && (
            <p className={classes.warn}>Low base: fewer than {meta.lowBase} buyers. Read with care.</p>
          )}
        </div>
      )}
      <Facts title="Definition">
        <p className={classes.text}>{metric.description}</p>
        <p className={classes.formula}>{metric.formula}</p>
        <dl className={classes.list}>
          {base && <Line label="Base">{base}</Line>}
          {told?.coverage !== undefined && told.coverage !== null && (
            <Line label="Coverage">
              {formatMetric('coverage', told.coverage)} of the {metric.needs.includes('packSize') ? 'units' : 'sales'}
            </Line>
          )}
          <Line label="Dates">{formatRange(meta.range)}</Line>
          {meta.compareRange && <Line label="Compared with">{formatRange(meta.compareRange)}</Line>}
        </dl>
        {told?.notes?.map((note) => (
          <p key={note} className={classes.warn}>
            {note}
          </p>
        ))}
      </Facts>
      {told?.state !== 'unavailable' && (
        <Leaves metric={id} response={response} row={row} whose={whose} onLeave={onLeave} />
      )}
      <Facts title="How it was computed">
        <dl className={classes.list}>
          <Line label="Read from">{told?.source ?? none}</Line>
          {told?.because && <Line label="Because">{told.because}</Line>}
          {told?.rowsRead !== undefined && <Line label="Rows read">{told.rowsRead.toLocaleString('en-US')}</Line>}
          {told?.ms !== undefined && <Line label="Time">{told.ms.toLocaleString('en-US')} ms</Line>}
          <Line label="Data version">{meta.dataVersion}</Line>
          <Line label="Newest date">{meta.newestDate ? formatDate(meta.newestDate) : none}</Line>
          {meta.cache && (
            <Line label="Answer">
              {meta.cache.state === 'miss' ? 'computed just now' : `${formatAge(meta.cache.ageSeconds)} old`}
              {meta.cache.state === 'stale' && `, stale: ${meta.cache.reason ?? 'refreshing'}`}
            </Line>
          )}
        </dl>
      </Facts>
    </>
  );
}

/** A number, opened: definition, base, coverage, sums, source. */
export function ExplainPanel({
  what,
  opened,
  onClose,
}: {
  what: Explained | null;
  opened: boolean;
  onClose: () => void;
}) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={400}
      title={what && (what.made?.label ?? metricOf(what.metric).label)}
      classNames={{ title: classes.title ?? '' }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {what && <Body what={what} onLeave={onClose} />}
    </Drawer>
  );
}
