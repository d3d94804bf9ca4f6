import type { TableData } from '@/components/ui/PlainTable';
import { MetricBefore, MetricChange, MetricValue } from '@/components/metrics/MetricValue';
import type { Comparison, Grain, QueryResponse } from '@/lib/contract/query';
import { metricOf, type MetricId } from '@/lib/metrics/catalog';
import { none } from '@/lib/metrics/format';
import { formatPeriod, grainName } from '@/lib/metrics/format-date';
import { keyOf, memberSeries, timePoints } from './series';

// The same numbers as a chart's, to read and to export.

export const nameOf = (grain: Grain): string => grain.charAt(0).toUpperCase() + grainName(grain).slice(1);

const inPoints = (id: MetricId): boolean => metricOf(id).unit === 'percent';

export function timeTable(data: QueryResponse, metric: MetricId, grain: Grain, compare: Comparison): TableData {
  const points = timePoints(data, metric, grain, compare);
  const told = new Map(data.totals.map((row) => [row.period, { metric, row, response: data }]));
  const compared = data.meta.compareRange !== null;
  const { label } = metricOf(metric);
  return {
    columns: [
      { label: nameOf(grain) },
      { label, numeric: true },
      ...(compared
        ? [
            { label: `${label}, compared`, numeric: true },
            { label: inPoints(metric) ? 'Change, points' : 'Change, %', numeric: true },
          ]
        : []),
    ],
    rows: points.map(({ period }) => {
      const number = told.get(period);
      return [
        formatPeriod(grain, period, data.meta.calendar),
        number ? <MetricValue key="value" {...number} /> : none,
        ...(compared
          ? [
              number ? <MetricBefore key="before" {...number} /> : none,
              number ? <MetricChange key="change" {...number} /> : none,
            ]
          : []),
      ];
    }),
    raw: points.map(({ period, value, previous, change }) => [period, value, ...(compared ? [previous, change] : [])]),
  };
}

/** Members as rows; each metric with its change. */
export function memberTable(data: QueryResponse, metrics: readonly MetricId[], head: string): TableData {
  const compared = data.meta.compareRange !== null;
  const columns = metrics.flatMap((id) => [
    { label: metricOf(id).label, numeric: true },
    ...(compared ? [{ label: inPoints(id) ? 'Change, points' : 'Change, %', numeric: true }] : []),
  ]);
  return {
    columns: [{ label: head }, ...columns],
    rows: data.rows.map((row) => [
      row.member?.name ?? '',
      ...metrics.flatMap((id) => [
        <MetricValue key={id} metric={id} row={row} response={data} />,
        ...(compared ? [<MetricChange key={`change:${id}`} metric={id} row={row} response={data} />] : []),
      ]),
    ]),
    raw: data.rows.map((row) => [
      row.member?.name ?? '',
      ...metrics.flatMap((id) => [row.values[id] ?? null, ...(compared ? [row.change?.[id] ?? null] : [])]),
    ]),
  };
}

/** Periods as rows, members as columns. */
export function memberTimeTable(data: QueryResponse, metric: MetricId, grain: Grain): TableData {
  const { members, points } = memberSeries(data, metric, grain);
  const told = new Map(data.rows.map((row) => [`${row.period} ${row.member && keyOf(row.member)}`, row]));
  return {
    columns: [{ label: nameOf(grain) }, ...members.map(([, { name }]) => ({ label: name, numeric: true }))],
    rows: points.map(({ period, values }) => [
      formatPeriod(grain, period, data.meta.calendar),
      ...members.map(([key]) => {
        const row = values[key] === undefined ? undefined : told.get(`${period} ${key}`);
        return row ? <MetricValue key={key} metric={metric} row={row} response={data} /> : none;
      }),
    ]),
    raw: points.map(({ period, values }) => [period, ...members.map(([key]) => values[key] ?? null)]),
  };
}
