import type { ReactNode } from 'react';
import { BarsChart, WaterfallChart } from '@/components/charts/BarsChart';
import { HeatTable } from '@/components/charts/HeatTable';
import { LinesChart } from '@/components/charts/LinesChart';
import { PointsChart } from '@/components/charts/PointsChart';
import { matrixOf, plotOf } from '@/components/charts/plot';
import type { AnalysisChart as Chart, AnalysisTable } from '@/lib/contract/analyses';
import type { NumberStyle } from '@/lib/metrics/format';
import { shortPeriod } from '@/lib/metrics/format-date';
import { spotsOf } from './spots';

/** Beyond so many bars the table under them tells more. */
const mostBars = 40;

interface Props {
  table: AnalysisTable;
  chart: Chart;
  style: NumberStyle;
  height: number;
  /** The table itself, under what is drawn of it; alone where nothing can be. */
  children: ReactNode;
  /** Where a number of the table opens. */
  address: (row: number, column: string) => string | null;
}

/** The first look at a table, drawn as the analysis says, above the table. */
export function AnalysisChart({ children, ...what }: Props) {
  const drawn = draw(what);
  return (
    <>
      {drawn}
      {/* A matrix is the table. */}
      {(drawn === null || what.chart.kind !== 'heat') && children}
    </>
  );
}

/** Null where there is nothing to see: columns that are not there, a single point. */
function draw({ table, chart, style, height, address }: Omit<Props, 'children'>): ReactNode {
  const label = `${table.title}, as a chart. The table holds its numbers.`;
  if (chart.kind === 'heat') {
    const matrix = matrixOf(table, chart);
    // Of a flow it is the shoppers who made it, of two in a basket the baskets.
    const opening = table.opens?.columns ?? (table.baskets ? [table.baskets.column] : []);
    const open = (row: number, column: string) => {
      const opened = opening.includes(column) ? column : opening[0];
      return opened ? address(row, opened) : null;
    };
    return matrix && <HeatTable matrix={matrix} style={style} caption={table.title} address={open} />;
  }
  if (chart.kind === 'points') {
    const found = spotsOf(table, chart);
    if (!found || found.spots.length < 2) return null;
    return <PointsChart {...found} style={style} label={label} height={height - 40} />;
  }
  const plot = plotOf(table, chart);
  if (!plot) return null;
  // What has no number has no bar, nor a place for one.
  const known = plot.points.filter(({ values }) => Object.values(values).some((value) => value !== null));
  const bars = { ...plot, points: known.slice(0, mostBars) };
  if (chart.kind === 'waterfall') return <WaterfallChart plot={plot} style={style} label={label} height={height} />;
  if (plot.points.length < 2) return null;
  if (chart.kind === 'bars' && known.length < 2) return null;
  if (chart.kind === 'bars') return <BarsChart plot={bars} style={style} label={label} height={height} />;
  return (
    <LinesChart
      lines={plot.series.map(({ id, ...rest }) => ({ key: id, ...rest }))}
      points={plot.points.map(({ name, values }) => ({ period: name, values }))}
      unit={plot.unit}
      style={style}
      periodName={(name, short) => (short ? shortPeriod(name) : name)}
      height={height}
      label={label}
    />
  );
}
