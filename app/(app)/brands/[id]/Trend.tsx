'use client';

import { useState } from 'react';
import { SegmentedControl } from '@mantine/core';
import { againstMarket, marketGrowth } from '@/components/brands/against-market';
import { ChartFrame } from '@/components/charts/ChartFrame';
import { LinesChart } from '@/components/charts/LinesChart';
import { TimeChart } from '@/components/charts/TimeChart';
import { colourOf } from '@/components/charts/colours';
import { timePoints } from '@/components/charts/series';
import { nameOf as headOf, timeTable } from '@/components/charts/tables';
import { Explainable } from '@/components/metrics/Explainable';
import { MetricChange } from '@/components/metrics/MetricValue';
import { useExplainPoint } from '@/components/metrics/explain-context';
import { styleOf } from '@/components/metrics/describe';
import { Note } from '@/components/ui/Note';
import type { TableData } from '@/components/ui/PlainTable';
import type { QueryResponse, QueryRow } from '@/lib/contract/query';
import { formatChange, formatUnit, unitLabel } from '@/lib/metrics/format';
import { grainName, formatRange, periodNames } from '@/lib/metrics/format-date';
import { nameOf, usePart, type Part } from './part';

const height = 290;

function Growth({ name, row, response }: { name: string; row: QueryRow; response: QueryResponse }) {
  const text = formatChange('value_sales', marketGrowth(row));
  const label = 'Growth of the market';
  const made = { label, text, formula: 'market sales = value sales ÷ value share; (now − before) ÷ before' };
  return (
    <>
      Growth: {name} <MetricChange metric="value_sales" row={row} response={response} />, market{' '}
      <Explainable what={{ metric: 'value_share', response, row, made }} label={`${label}: ${text}`}>
        {text}
      </Explainable>
      .
    </>
  );
}

/** The brand beside its market, both at 100 to begin with; or its sales beside those of the comparison. */
export function Trend(part: Part) {
  const { view, id } = part;
  const periodName = periodNames(view.grain, view.calendar);
  const [shown, setShown] = useState<'market' | 'sales'>('market');
  const query = usePart(part, 'trend');
  const pointOf = useExplainPoint();
  const totals = usePart(part, 'totals');
  const name = nameOf(part);
  const market = query.data?.meta.market ?? 'Market';
  const [total] = totals.data?.totals ?? [];
  const base = query.data && againstMarket(query.data, view.grain).base;
  const growth = total?.change && totals.data && <Growth name={name} row={total} response={totals.data} />;
  const indexed = (data: QueryResponse): TableData => {
    const { points } = againstMarket(data, view.grain);
    return {
      columns: [{ label: headOf(view.grain) }, { label: name, numeric: true }, { label: market, numeric: true }],
      rows: points.map(({ period, values }) => [
        periodName(period),
        formatUnit('index', values.brand),
        formatUnit('index', values.market),
      ]),
      raw: points.map(({ period, values }) => [period, values.brand, values.market]),
    };
  };
  const againstIt = shown === 'market';
  const title = againstIt
    ? `Value sales against the market by ${grainName(view.grain)}`
    : `Value sales by ${grainName(view.grain)}`;
  const subtitle = againstIt ? (
    <>
      {growth} {base && `Index, ${periodName(base)} = 100`}
    </>
  ) : (
    query.data && unitLabel('money', styleOf(query.data, 'value_sales'))
  );
  return (
    <ChartFrame
      title={title}
      subtitle={subtitle || ' '}
      query={query}
      metrics={['value_sales', 'value_share']}
      height={height}
      controls={
        <SegmentedControl
          size="xs"
          aria-label="Trend"
          data={[
            { value: 'market', label: 'vs market' },
            { value: 'sales', label: 'Sales' },
          ]}
          value={shown}
          onChange={(value) => setShown(value === 'sales' ? 'sales' : 'market')}
        />
      }
      table={againstIt ? indexed : (data) => timeTable(data, 'value_sales', view.grain, view.compare)}
    >
      {(data) => {
        if (!againstIt) {
          return (
            <TimeChart
              points={timePoints(data, 'value_sales', view.grain, view.compare)}
              metric="value_sales"
              periodName={periodName}
              style={styleOf(data, 'value_sales')}
              height={height}
              names={[formatRange(data.meta.range), data.meta.compareRange && formatRange(data.meta.compareRange)]}
              label={title}
              colour={colourOf(id)}
              onPoint={pointOf('value_sales', data)}
            />
          );
        }
        if (!base) {
          return (
            <Note minHeight={height} title="No whole period to start from">
              Choose finer periods or more dates.
            </Note>
          );
        }
        return (
          <LinesChart
            lines={[
              { key: 'market', name: `Market: ${market}`, colour: 'var(--compare)', behind: true },
              { key: 'brand', name, colour: colourOf(id) },
            ]}
            points={againstMarket(data, view.grain).points}
            unit="index"
            periodName={periodName}
            height={height}
            label={title}
            level={100}
          />
        );
      }}
    </ChartFrame>
  );
}
