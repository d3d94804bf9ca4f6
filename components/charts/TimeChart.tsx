'use client';

import { Area, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { metricOf, type MetricId } from '@/lib/metrics/catalog';
import { formatAxis, formatChange, formatMetric, type NumberStyle } from '@/lib/metrics/format';
import type { PeriodNames } from '@/lib/metrics/format-date';
import { ChartTooltip } from './ChartTooltip';
import { Legend } from './Legend';
import { OpenPoints } from './OpenPoints';
import classes from './Chart.module.css';
import type { Point } from './series';
import { axisWidth, markedBy, periodAxis, roundMarks, tick } from './axis';

interface Props {
  points: Point[];
  metric: MetricId;
  periodName: PeriodNames;
  style: NumberStyle;
  height: number;
  /** What the two lines are called; the second is left out where nothing is compared. */
  names: [string, string | null];
  /** Says in words what is seen. */
  label: string;
  colour?: string;
  /** Opens a point: the number of a period. */
  onPoint?: ((period: string) => void) | undefined;
}

const edge = 6;

/**
 * A period that the dates cut short would look like a fall: its stretch of the line is dotted, and joins the whole
 * periods beside it. Its comparison is as short, and is left to the tip and the table.
 */
function withCuts(points: Point[]) {
  const lonely = points.every(({ incomplete }) => incomplete);
  return points.map((point, index) => {
    const cut = point.incomplete && !lonely;
    const beside = (points[index - 1]?.incomplete || points[index + 1]?.incomplete) ?? false;
    return {
      ...point,
      whole: cut ? null : point.value,
      cut: !lonely && (cut || beside) ? point.value : null,
      before: cut ? null : point.previous,
    };
  });
}

/** A metric over time, the comparison dashed behind it. */
export function TimeChart({
  points,
  metric,
  periodName,
  style,
  height,
  names,
  label,
  colour = 'var(--accent)',
  onPoint,
}: Props) {
  const [now, before] = names;
  const write = (value: number | null) => formatMetric(metric, value, style);
  const drawn = points.flatMap(({ value, previous }) => [value ?? 0, before ? (previous ?? 0) : 0]);
  const marks = roundMarks(Math.min(0, ...drawn), Math.max(0, ...drawn));
  const highest = Math.max(...marks);
  const short = (value: number) => formatAxis(metricOf(metric).unit, value, highest, style);
  const data = withCuts(points);
  const cut = data.some((point) => point.cut !== null);
  const drawing = (tip: { active?: true; defaultIndex?: number }) => (
    <ResponsiveContainer width="100%" height={before ? height - 27 : height} initialDimension={{ width: 600, height }}>
      <ComposedChart data={data} margin={{ top: 6, right: edge, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--grid)" />
        <XAxis {...periodAxis(periodName)} />
        <YAxis
          tick={tick}
          tickLine={false}
          axisLine={false}
          tickFormatter={short}
          width={axisWidth(short(highest))}
          {...markedBy(marks)}
        />
        <Tooltip
          {...tip}
          cursor={{ stroke: 'var(--line-strong)' }}
          isAnimationActive={false}
          content={({ payload }) => {
            const point = payload?.[0]?.payload as Point | undefined;
            if (!point) return null;
            const lines = [{ label: now, text: write(point.value), colour }];
            if (before) {
              const named = point.previousPeriod ? periodName(point.previousPeriod) : before;
              lines.push({ label: named, text: write(point.previous), colour: 'var(--compare)' });
              lines.push({ label: 'Change', text: formatChange(metric, point.change), colour: 'transparent' });
            }
            const part = point.uneven ? 'Compared with a part of a period' : undefined;
            const note = point.incomplete ? 'Not a whole period' : before ? part : undefined;
            return <ChartTooltip title={periodName(point.period)} lines={lines} note={note} />;
          }}
        />
        <Area
          dataKey="whole"
          type="linear"
          stroke={colour}
          strokeWidth={2}
          fill={colour}
          fillOpacity={0.08}
          isAnimationActive={false}
          dot={points.length === 1}
          activeDot={{ r: 4, strokeWidth: 0 }}
        />
        {cut && (
          <Line
            dataKey="cut"
            type="linear"
            stroke={colour}
            strokeWidth={1.5}
            strokeDasharray="1 3"
            strokeLinecap="round"
            dot={false}
            activeDot={{ r: 3, strokeWidth: 0 }}
            isAnimationActive={false}
          />
        )}
        {before && (
          <Line
            dataKey="before"
            type="linear"
            stroke="var(--compare)"
            strokeWidth={1.5}
            strokeDasharray="4 3"
            dot={points.length === 1}
            activeDot={{ r: 3, strokeWidth: 0 }}
            isAnimationActive={false}
          />
        )}
      </ComposedChart>
    </ResponsiveContainer>
  );
  return (
    <div role={onPoint ? 'group' : 'img'} aria-label={label} className={classes.canvas}>
      {before && (
        <Legend
          items={[
            { label: now, colour },
            { label: before, colour: 'var(--compare)', dashed: true },
          ]}
        />
      )}
      {onPoint ? (
        <OpenPoints
          points={points}
          room={{ left: axisWidth(short(highest)), right: edge }}
          label={label}
          says={(at) => `${periodName(points[at]?.period ?? '')}: ${write(points[at]?.value ?? null)}`}
          onPoint={onPoint}
        >
          {drawing}
        </OpenPoints>
      ) : (
        drawing({})
      )}
    </div>
  );
}
