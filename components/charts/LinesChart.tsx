'use client';

import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Unit } from '@/lib/metrics/catalog';
import { formatAxis, formatUnit, type NumberStyle } from '@/lib/metrics/format';
import type { PeriodNames } from '@/lib/metrics/format-date';
import { ChartTooltip } from './ChartTooltip';
import { Legend } from './Legend';
import { axisWidth, markedBy, periodAxis, roundMarks, tick } from './axis';
import classes from './Chart.module.css';

export interface LineOf<Key extends string> {
  key: Key;
  name: string;
  colour: string;
  /** Stands back: what the others are compared with. */
  behind?: boolean;
}

interface Props<Key extends string> {
  lines: readonly LineOf<Key>[];
  points: readonly { period: string; values: Record<Key, number | null> }[];
  unit: Unit;
  style?: NumberStyle;
  periodName: PeriodNames;
  height: number;
  label: string;
  /** A level to read the lines against, such as 100. */
  level?: number;
}

/** Several lines in one unit on one axis, which need not start at zero. */
export function LinesChart<Key extends string>({
  lines,
  points,
  unit,
  style = {},
  periodName,
  height,
  label,
  level,
}: Props<Key>) {
  const drawn = points.flatMap(({ values }) => lines.map(({ key }) => values[key]).filter((value) => value !== null));
  const marks = drawn.length > 0 ? roundMarks(Math.min(...drawn), Math.max(...drawn)) : [0, 1];
  const highest = Math.max(...marks);
  const short = (value: number) => formatAxis(unit, value, highest, style);
  const named = lines.length > 1;
  return (
    <div role="img" aria-label={label} className={classes.canvas}>
      {named && (
        <Legend
          items={lines.map(({ name, colour, behind }) => ({ label: name, colour, ...(behind && { dashed: true }) }))}
        />
      )}
      <ResponsiveContainer width="100%" height={named ? height - 27 : height} initialDimension={{ width: 600, height }}>
        <LineChart data={[...points]} margin={{ top: 6, right: 6, bottom: 0, left: 0 }} accessibilityLayer={false}>
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
          {level !== undefined && <ReferenceLine y={level} stroke="var(--line-strong)" />}
          <Tooltip
            cursor={{ stroke: 'var(--line-strong)' }}
            isAnimationActive={false}
            content={({ payload }) => {
              const point = payload?.[0]?.payload as Props<Key>['points'][number] | undefined;
              if (!point) return null;
              const told = lines.map(({ key, name, colour, behind }) => ({
                label: name,
                text: formatUnit(unit, point.values[key], style),
                colour,
                ...(behind && { dashed: true }),
              }));
              return <ChartTooltip title={periodName(point.period)} lines={told} />;
            }}
          />
          {lines.map(({ key, colour, behind }) => (
            <Line
              key={key}
              dataKey={(point: Props<Key>['points'][number]) => point.values[key]}
              type="linear"
              stroke={colour}
              strokeWidth={behind ? 1.5 : 2}
              {...(behind && { strokeDasharray: '4 3' })}
              dot={points.length === 1}
              activeDot={{ r: 4, strokeWidth: 0 }}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}
