import { BarsChart, WaterfallChart } from '@/components/charts/BarsChart';
import { HeatTable } from '@/components/charts/HeatTable';
import { LinesChart } from '@/components/charts/LinesChart';
import { PointsChart } from '@/components/charts/PointsChart';
import { matrixOf, plotOf } from '@/components/charts/plot';
import type { AnalysisChart as Chart, AnalysisTable } from '@/lib/contract/analyses';
import type { NumberStyle } from '@/lib/metrics/format';
import { shortPeriod } from '@/lib/metrics/format-date';
import { PlainTable } from '@/components/ui/PlainTable';
import { rowsOf } from './rows';
import { spotsOf } from './spots';
import classes from './analyses.module.css';

/** Beyond so many bars the table tells more. */
const mostBars = 40;

interface Props {
  table: AnalysisTable;
  chart: Chart;
  style: NumberStyle;
  height: number;
  /** Where a number of the table opens. */
  address: (row: number, column: string) => string | null;
}

/** The first look at a table, drawn as the analysis says; the table itself where that cannot be. */
export function AnalysisChart({ table, chart, style, height, address }: Props) {
  const label = `${table.title}, as a chart. The table holds its numbers.`;
  const instead = <PlainTable data={rowsOf(table, style, address)} caption={table.title} maxHeight={height} />;
  if (chart.kind === 'heat') {
    const matrix = matrixOf(table, chart);
    // Of a flow it is the shoppers who made it.
    const [first] = table.opens?.columns ?? [];
    const open = (row: number, column: string) => address(row, column) ?? (first ? address(row, first) : null);
    return matrix ? <HeatTable matrix={matrix} style={style} caption={table.title} address={open} /> : instead;
  }
  if (chart.kind === 'points') {
    const found = spotsOf(table, chart);
    return found ? <PointsChart {...found} style={style} label={label} height={height - 40} /> : instead;
  }
  const plot = plotOf(table, chart);
  if (!plot) return instead;
  const bars = { ...plot, points: plot.points.slice(0, mostBars) };
  if (chart.kind === 'waterfall') return <WaterfallChart plot={plot} style={style} label={label} height={height} />;
  if (chart.kind === 'bars') {
    return (
      <>
        <BarsChart plot={bars} style={style} label={label} height={height} />
        {plot.points.length > mostBars && (
          <p className={classes.more}>
            The first {mostBars} of {plot.points.length}; the table has all.
          </p>
        )}
      </>
    );
  }
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
