'use client';

import { CartesianGrid, LabelList, ResponsiveContainer, Scatter, ScatterChart, Tooltip, XAxis, YAxis } from 'recharts';
import type { Unit } from '@/lib/metrics/catalog';
import { formatAxis, formatUnit, type NumberStyle } from '@/lib/metrics/format';
import { ChartTooltip } from './ChartTooltip';
import { Legend } from './Legend';
import { axisWidth, markedBy, roundMarks, tick } from './axis';
import classes from './Chart.module.css';

export interface Spot {
  name: string;
  x: number;
  /** One a level: what is seen, then what it is set against, such as what a model expects. */
  y: (number | null)[];
}

interface Axis {
  name: string;
  unit: Unit;
}

interface Props {
  spots: readonly Spot[];
  x: Axis;
  y: readonly (Axis & { colour: string })[];
  style: NumberStyle;
  label: string;
  height: number;
}

/** Names that find room beside their points, those of the first rows first; measured for a phone, where there is least. */
function labelled(spots: readonly Spot[], [low, high]: [number, number], [floor, top]: [number, number]): Set<number> {
  const taken: { left: number; right: number; at: number }[] = [];
  const shown = new Set<number>();
  spots.forEach(({ name, x, y: [y] }, index) => {
    if (y === null || y === undefined) return;
    const middle = (x - low) / (high - low || 1);
    const at = (y - floor) / (top - floor || 1);
    const half = (Math.min(name.length, 18) * 6.4) / 2 / 290;
    const [left, right] = [middle - half, middle + half];
    if (taken.some((one) => Math.abs(one.at - at) < 0.055 && one.left < right && left < one.right)) return;
    taken.push({ left, right, at });
    shown.add(index);
  });
  return shown;
}

/** One number against another, a point a row. */
export function PointsChart({ spots, x, y, style, label, height }: Props) {
  const [main, ...others] = y;
  if (!main) return null;
  const marksX = roundMarks(Math.min(...spots.map((spot) => spot.x)), Math.max(...spots.map((spot) => spot.x)));
  const all = spots.flatMap((spot) => spot.y.filter((value) => value !== null));
  const marksY = roundMarks(Math.min(...all), Math.max(...all));
  const [highX, highY] = [Math.max(...marksX), Math.max(...marksY)];
  const shown = labelled(spots, [marksX[0] ?? 0, highX], [marksY[0] ?? 0, highY]);
  const cut = (name: string) => (name.length > 18 ? `${name.slice(0, 17)}…` : name);
  const seriesAt = (at: number) =>
    spots
      .map((spot, index) => ({ ...spot, index, value: spot.y[at], text: shown.has(index) ? cut(spot.name) : '' }))
      .filter(({ value }) => value !== null)
      .sort((a, b) => a.x - b.x);
  const shortY = (value: number) => formatAxis(main.unit, value, highY, style);
  return (
    <div role="img" aria-label={label} className={classes.canvas}>
      {others.length > 0 && <Legend items={y.map(({ name, colour }) => ({ label: name, colour }))} />}
      <p className={classes.axisName}>{main.name} ↑</p>
      <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 600, height }}>
        <ScatterChart margin={{ top: 18, right: 24, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--grid)" />
          <XAxis
            type="number"
            dataKey="x"
            tick={tick}
            tickLine={false}
            axisLine={{ stroke: 'var(--line-strong)' }}
            tickFormatter={(value: number) => formatAxis(x.unit, value, highX, style)}
            height={24}
            {...markedBy(marksX)}
            interval="preserveStartEnd"
          />
          <YAxis
            type="number"
            dataKey="value"
            tick={tick}
            tickLine={false}
            axisLine={false}
            tickFormatter={shortY}
            width={axisWidth(shortY(highY))}
            {...markedBy(marksY)}
          />
          <Tooltip
            cursor={false}
            isAnimationActive={false}
            content={({ payload }) => {
              const spot = payload?.[0]?.payload as Spot | undefined;
              if (!spot) return null;
              const lines = [
                { label: x.name, text: formatUnit(x.unit, spot.x, style) },
                ...y.map(({ name, unit, colour }, at) => ({
                  label: name,
                  text: formatUnit(unit, spot.y[at], style),
                  colour,
                })),
              ];
              return <ChartTooltip title={spot.name} lines={lines} />;
            }}
          />
          {others.map(({ name, colour }, at) => (
            <Scatter
              key={name}
              data={seriesAt(at + 1)}
              fill={colour}
              line={{ stroke: colour }}
              shape={() => <g />}
              isAnimationActive={false}
            />
          ))}
          <Scatter data={seriesAt(0)} fill={main.colour} fillOpacity={0.85} isAnimationActive={false}>
            {/* Recharts' own text breaks a name as if it had to fit into its point. */}
            <LabelList
              dataKey="text"
              content={({ x: left, y: top, width, value }) => (
                <text
                  x={Number(left) + Number(width) / 2}
                  y={Number(top) - 6}
                  textAnchor="middle"
                  fontSize={11}
                  fill="var(--ink-2)"
                >
                  {value}
                </text>
              )}
            />
          </Scatter>
        </ScatterChart>
      </ResponsiveContainer>
      <p className={classes.axisName} data-right>
        {x.name} →
      </p>
    </div>
  );
}
