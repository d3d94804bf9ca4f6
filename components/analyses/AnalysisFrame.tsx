'use client';

import { Frame } from '@/components/charts/Frame';
import { analysisState, type Reading } from '@/components/charts/frame-state';
import type { AnalysisResponse } from '@/lib/contract/analyses';
import { formatRange } from '@/lib/metrics/format-date';
import { AnalysisChart } from './AnalysisChart';
import { rowsOf, shown } from './rows';
import { cellAddress, type Address } from './use-numbers';
import classes from './analyses.module.css';

interface Props {
  query: Reading<AnalysisResponse> & { refetch: () => unknown };
  /** Left out while no answer names its tables. */
  table?: string;
  /** What the analysis is called, before an answer does. */
  label: string;
  onDefinition: () => void;
  /** Where the shoppers of a number are. */
  address: Address;
}

const height = 340;

/** What the numbers need to be read rightly: dates, comparison, market, coverage. */
function subtitleOf({ meta }: AnalysisResponse): string {
  const { range, compareRange, market, coverage } = meta;
  return [
    formatRange(range) + (compareRange ? ` against ${formatRange(compareRange)}` : ''),
    market && `Market: ${market}`,
    coverage !== null && `${coverage.toFixed(1)}% of sales identified`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** One table of an analysis: the one that the chart is of can be seen as chart and table. */
export function AnalysisFrame({ query, table: id, label, onDefinition, address }: Props) {
  const { data } = query;
  const table = data?.tables.find((one) => one.id === id);
  const find = (from: AnalysisResponse) => from.tables.find((one) => one.id === id) ?? null;
  const isDrawn = data?.chart?.table === id && data?.chart !== null;
  return (
    <Frame
      title={table?.title ?? label}
      subtitle={data ? subtitleOf(data) : ' '}
      state={analysisState(query, id)}
      retry={query.refetch}
      emptyTitle="Nothing to show for this slice"
      definitions={[{ label: 'Definition, how computed', open: onDefinition }]}
      height={isDrawn || !data ? height : 120}
      table={(from) => {
        const found = find(from);
        return found
          ? rowsOf(found, { currency: from.meta.currency }, cellAddress(found, address))
          : { columns: [], rows: [] };
      }}
      {...(isDrawn && {
        children: (from: AnalysisResponse) => {
          const found = find(from);
          const style = { currency: from.meta.currency };
          return (
            found &&
            from.chart && (
              <AnalysisChart
                table={shown(found)}
                chart={from.chart}
                style={style}
                height={height}
                address={cellAddress(found, address)}
              />
            )
          );
        },
      })}
      foot={
        table?.columns.some(({ note }) => note) && (
          <ul className={classes.columnNotes}>
            {table.columns.flatMap(({ id: column, label: name, note }) =>
              note ? [<li key={column}>{`${name}: ${note}`}</li>] : [],
            )}
          </ul>
        )
      }
    />
  );
}
