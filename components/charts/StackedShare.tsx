'use client';

import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatAxis, formatUnit } from '@/lib/metrics/format';
import type { PeriodNames } from '@/lib/metrics/format-date';
import { ChartTooltip } from './ChartTooltip';
import { Legend } from './Legend';
import classes from './Chart.module.css';
import { markedBy, periodAxis, roundMarks, tick } from './axis';
import { colourOf, neutral } from './colours';
import type { Member } from './series';

interface Props {
  members: [key: string, member: Member][];
  points: { period: string; values: Record<string, number> }[];
  periodName: PeriodNames;
  height: number;
  label: string;
}

const rest = 'rest';

/** Shares over time; what the members shown do not make up stands on top as "All others", cut where nothing else is. */
export function StackedShare({ members, points, periodName, height, label }: Props) {
  const data = points.map(({ period, values }) => {
    const parts = members.map(([key]) => values[key] ?? 0);
    const shown = parts.reduce((sum, part) => sum + part, 0);
    const record: Record<string, number | string> = { period, [rest]: shown > 0 ? Math.max(0, 100 - shown) : 0 };
    members.forEach(([key], index) => (record[key] = parts[index] ?? 0));
    return record;
  });
  const others = data.some((record) => Number(record[rest]) > 0.05);
  const highest = Math.max(0, ...data.map((record) => 100 - Number(record[rest])));
  const marks = roundMarks(0, highest);
  const top = Math.max(...marks);
  const layers = [
    ...members.map(([key, { id, name }]) => ({ key, name, colour: colourOf(id) })),
    ...(others ? [{ key: rest, name: 'All others', colour: neutral }] : []),
  ];
  return (
    <div role="img" aria-label={label} className={classes.canvas}>
      <Legend items={layers.map(({ name, colour }) => ({ label: name, colour }))} />
      <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 600, height }}>
        <AreaChart data={data} margin={{ top: 4, right: 6, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--grid)" />
          <XAxis {...periodAxis(periodName)} />
          <YAxis
            tick={tick}
            tickLine={false}
            axisLine={false}
            width={40}
            {...markedBy(marks)}
            tickFormatter={(value: number) => formatAxis('percent', value, top)}
            allowDataOverflow
          />
          <Tooltip
            cursor={{ stroke: 'var(--line-strong)' }}
            isAnimationActive={false}
            content={({ payload }) => {
              const record = payload?.[0]?.payload as Record<string, number | string> | undefined;
              if (!record) return null;
              const lines = layers
                .map(({ key, name, colour }) => ({
                  label: name,
                  text: formatUnit('percent', Number(record[key])),
                  colour,
                }))
                .reverse();
              return <ChartTooltip title={periodName(String(record.period))} lines={lines} />;
            }}
          />
          {layers.map(({ key, colour }) => (
            <Area
              key={key}
              dataKey={key}
              stackId="share"
              type="linear"
              stroke="var(--panel)"
              strokeWidth={1}
              fill={colour}
              fillOpacity={key === rest ? 0.22 : 0.85}
              isAnimationActive={false}
              activeDot={false}
            />
          ))}
        </AreaChart>
      </ResponsiveContainer>
    </div>
  );
}
