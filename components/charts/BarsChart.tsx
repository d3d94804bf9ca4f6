'use client';

import {
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatAxis, formatUnit, type NumberStyle } from '@/lib/metrics/format';
import { shortPeriod } from '@/lib/metrics/format-date';
import { ChartTooltip } from './ChartTooltip';
import { Legend } from './Legend';
import { axisWidth, markedBy, roundMarks, tick } from './axis';
import { stepsOf, type Plot, type Step } from './plot';
import classes from './Chart.module.css';

interface Props {
  plot: Plot;
  style: NumberStyle;
  label: string;
  height: number;
}

const longestUpright = 12;
/** A phone leaves no more room for names; they break into two lines. */
const mostRoom = 132;

/** Long names need room beside their bars; short ones, such as months, stand under them. */
const isLying = (names: readonly string[]): boolean => names.some((name) => shortPeriod(name).length > longestUpright);

interface Axes {
  names: readonly string[];
  plot: Plot;
  style: NumberStyle;
  values: readonly number[];
}

function axes({ names, plot, style, values }: Axes) {
  const lying = isLying(names);
  const marks = roundMarks(Math.min(0, ...values), Math.max(0, ...values));
  const highest = Math.max(...marks.map(Math.abs));
  const short = (value: number) => formatAxis(plot.unit, value, highest, style);
  const quiet = { tick, tickLine: false } as const;
  const line = { stroke: 'var(--line-strong)' };
  const room = Math.min(mostRoom, Math.max(...names.map((name) => axisWidth(shortPeriod(name))), 40));
  return lying ? (
    <>
      <CartesianGrid horizontal={false} stroke="var(--grid)" />
      <XAxis
        type="number"
        {...quiet}
        axisLine={false}
        tickFormatter={short}
        height={24}
        {...markedBy(marks)}
        interval="preserveStartEnd"
      />
      <YAxis
        type="category"
        dataKey="name"
        tick={{ ...tick, maxLines: 2 }}
        tickLine={false}
        axisLine={line}
        width={room}
        tickFormatter={shortPeriod}
        interval={0}
      />
      <ReferenceLine x={0} stroke="var(--line-strong)" />
    </>
  ) : (
    <>
      <CartesianGrid vertical={false} stroke="var(--grid)" />
      <XAxis
        dataKey="name"
        {...quiet}
        tickFormatter={shortPeriod}
        axisLine={line}
        minTickGap={10}
        height={24}
        tickMargin={6}
      />
      <YAxis
        {...quiet}
        axisLine={false}
        tickFormatter={short}
        width={Math.max(...marks.map((mark) => axisWidth(short(mark))))}
        {...markedBy(marks)}
      />
      <ReferenceLine y={0} stroke="var(--line-strong)" />
    </>
  );
}

const frame = (names: readonly string[]) => ({
  layout: isLying(names) ? ('vertical' as const) : ('horizontal' as const),
  margin: { top: 6, right: 14, bottom: 0, left: 0 },
  accessibilityLayer: false,
});

const cursor = { fill: 'var(--hover)', opacity: 0.6 };

/** Bars side by side, a group a row. */
export function BarsChart({ plot, style, label, height }: Props) {
  const { points, series, unit } = plot;
  const names = points.map(({ name }) => name);
  const values = points.flatMap((point) => series.map(({ id }) => point.values[id] ?? 0));
  const tall = isLying(names) ? Math.max(height, points.length * (12 + 12 * series.length) + 30) : height;
  return (
    <div role="img" aria-label={label} className={classes.canvas}>
      {series.length > 1 && <Legend items={series.map(({ name, colour }) => ({ label: name, colour }))} />}
      <ResponsiveContainer width="100%" height={tall} initialDimension={{ width: 600, height: tall }}>
        <BarChart data={points} {...frame(names)} barCategoryGap="22%" barGap={1}>
          {axes({ names, plot, style, values })}
          <Tooltip
            cursor={cursor}
            isAnimationActive={false}
            content={({ payload }) => {
              const point = payload?.[0]?.payload as Plot['points'][number] | undefined;
              if (!point) return null;
              const lines = series.map(({ id, name, colour }) => ({
                label: name,
                text: formatUnit(unit, point.values[id], style),
                colour,
              }));
              return <ChartTooltip title={point.name} lines={lines} />;
            }}
          />
          {series.map(({ id, colour }) => (
            <Bar
              key={id}
              dataKey={(point: Plot['points'][number]) => point.values[id]}
              fill={colour}
              maxBarSize={26}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

/** Gains and losses, each from where the one before ended, and what they come to. */
export function WaterfallChart({ plot, style, label, height }: Props) {
  const steps = stepsOf(plot);
  const names = steps.map(({ name }) => name);
  const tall = isLying(names) ? Math.max(height, steps.length * 30 + 30) : height;
  const colour = ({ total, value }: Step) => (total ? 'var(--accent)' : value >= 0 ? 'var(--good)' : 'var(--bad)');
  return (
    <div role="img" aria-label={label} className={classes.canvas}>
      <ResponsiveContainer width="100%" height={tall} initialDimension={{ width: 600, height: tall }}>
        <BarChart data={steps} {...frame(names)} barCategoryGap="18%">
          {axes({ names, plot, style, values: steps.flatMap(({ span }) => span) })}
          <Tooltip
            cursor={cursor}
            isAnimationActive={false}
            content={({ payload }) => {
              const step = payload?.[0]?.payload as Step | undefined;
              if (!step) return null;
              const lines = [
                { label: step.total ? 'All of it' : 'Part of it', text: formatUnit(plot.unit, step.value, style) },
              ];
              return <ChartTooltip title={step.name} lines={lines} />;
            }}
          />
          <Bar dataKey="span" maxBarSize={44} isAnimationActive={false}>
            {steps.map((step, at) => (
              <Cell key={at} fill={colour(step)} fillOpacity={step.total ? 1 : 0.8} />
            ))}
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
