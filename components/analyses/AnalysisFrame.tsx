'use client';

import { Frame } from '@/components/charts/Frame';
import { analysisState, type Reading } from '@/components/charts/frame-state';
import type { AnalysisResponse, AnalysisTable } from '@/lib/contract/analyses';
import { PlainTable } from '@/components/ui/PlainTable';
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
function subtitleOf({ meta, chart }: AnalysisResponse, drawn: AnalysisTable | undefined): string {
  const { range, compareRange, market, coverage } = meta;
  // Marks of an axis say money and percent by themselves, but not these.
  const unit = drawn?.columns.find(({ id }) => id === chart?.y[0])?.unit;
  return [
    unit === 'points' && 'Percentage points',
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
  // A matrix is a table itself; of a single row there is nothing to draw but a waterfall.
  const isTable = data?.chart?.kind === 'heat' || (data?.chart?.kind !== 'waterfall' && table?.rows.length === 1);
  return (
    <Frame
      title={table?.title ?? label}
      subtitle={data ? subtitleOf(data, isDrawn ? table : undefined) : ' '}
      state={analysisState(query, id)}
      retry={query.refetch}
      emptyTitle="Nothing to show for this slice"
      definitions={[{ label: 'Definition, how computed', open: onDefinition }]}
      // What is a table itself is as high as its rows.
      height={(isDrawn && !isTable) || !data ? height : 120}
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
              >
                <PlainTable
                  data={rowsOf(found, style, cellAddress(found, address))}
                  caption={found.title}
                  maxHeight={420}
                />
              </AnalysisChart>
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
