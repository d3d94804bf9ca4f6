'use client';

import { ChartFrame } from '@/components/charts/ChartFrame';
import { RankedBars } from '@/components/charts/RankedBars';
import { memberTable } from '@/components/charts/tables';
import { Explainable } from '@/components/metrics/Explainable';
import { MetricChange, MetricValue } from '@/components/metrics/MetricValue';
import { roundParts, formatUnit } from '@/lib/metrics/format';
import { useOverview, type Part } from './part';

const shown = 8;

export function CategoryMix(part: Part) {
  const query = useOverview(part, 'categories');
  const compared = part.view.compareRange !== null;
  return (
    <ChartFrame
      title="Category mix"
      subtitle="Value sales and share of the whole slice"
      query={query}
      metrics={['value_sales', 'value_share']}
      height={100}
      table={(data) => memberTable(data, ['value_sales', 'value_share'], 'Category')}
    >
      {(data) => {
        const shares = roundParts(
          data.rows.map((row) => row.values.value_share ?? null),
          1,
        );
        return (
          <RankedBars
            head="Category"
            caption="Category mix by value sales"
            coloured={false}
            columns={[
              { label: 'Sales', width: 68 },
              { label: 'Share', width: 58 },
              ...(compared
                ? [
                    { label: 'Growth', width: 78 },
                    { label: 'Share change', width: 100, wide: true },
                  ]
                : []),
            ]}
            bars={data.rows.slice(0, shown).map((row, index) => ({
              id: row.member?.id ?? null,
              name: row.member?.name ?? 'No category',
              value: row.values.value_sales ?? null,
              cells: [
                <MetricValue key="sales" metric="value_sales" row={row} response={data} compact />,
                <Explainable
                  key="share"
                  what={{ metric: 'value_share', response: data, row }}
                  label={`Value share: ${formatUnit('percent', shares[index])}`}
                >
                  {formatUnit('percent', shares[index])}
                </Explainable>,
                ...(compared
                  ? [
                      <MetricChange key="change" metric="value_sales" row={row} response={data} />,
                      <MetricChange key="points" metric="value_share" row={row} response={data} />,
                    ]
                  : []),
              ],
            }))}
          />
        );
      }}
    </ChartFrame>
  );
}
