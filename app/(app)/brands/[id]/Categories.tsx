'use client';

import { ChartFrame } from '@/components/charts/ChartFrame';
import { RankedBars } from '@/components/charts/RankedBars';
import { memberTable } from '@/components/charts/tables';
import { MetricChange, MetricValue } from '@/components/metrics/MetricValue';
import { usePart, type Part } from './part';

/** A brand of several categories: what it is in each of them. */
export function Categories(part: Part) {
  const query = usePart(part, 'categories');
  const compared = part.view.compareRange !== null;
  return (
    <ChartFrame
      title="By category"
      subtitle="Each share is a share of its own category"
      query={query}
      metrics={['value_sales', 'value_share']}
      height={110}
      table={(data) => memberTable(data, ['value_sales', 'value_share'], 'Category')}
    >
      {(data) => (
        <RankedBars
          head="Category"
          caption="The brand’s sales and share in its categories"
          coloured={false}
          columns={[
            { label: 'Sales', width: 90 },
            ...(compared ? [{ label: 'Growth', width: 90, wide: true }] : []),
            { label: 'Share', width: 80 },
            ...(compared ? [{ label: 'Share change', width: 104, wide: true }] : []),
          ]}
          bars={data.rows.map((row) => ({
            id: row.member?.id ?? null,
            name: row.member?.name ?? 'No category',
            value: row.values.value_sales ?? null,
            cells: [
              <MetricValue key="sales" metric="value_sales" row={row} response={data} compact />,
              ...(compared ? [<MetricChange key="growth" metric="value_sales" row={row} response={data} />] : []),
              <MetricValue key="share" metric="value_share" row={row} response={data} />,
              ...(compared ? [<MetricChange key="points" metric="value_share" row={row} response={data} />] : []),
            ],
          }))}
        />
      )}
    </ChartFrame>
  );
}
