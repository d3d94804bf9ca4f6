'use client';

import { ChartFrame } from '@/components/charts/ChartFrame';
import { RankedBars } from '@/components/charts/RankedBars';
import { memberTable } from '@/components/charts/tables';
import { MetricChange, MetricValue } from '@/components/metrics/MetricValue';
import { useLink } from '@/components/shell/workspace-context';
import { useOverview, type Part } from './part';

const shown = 10;

export function TopBrands(part: Part) {
  const query = useOverview(part, 'brands');
  const link = useLink();
  const compared = part.view.compareRange !== null;
  return (
    <ChartFrame
      title="Top brands by value sales"
      subtitle={query.data ? `${Math.min(shown, query.data.rowCount)} of ${query.data.rowCount} brands` : ' '}
      query={query}
      metrics={['value_sales', 'value_share']}
      height={360}
      table={(data) => memberTable(data, ['value_sales', 'value_share'], 'Brand')}
    >
      {(data) => (
        <RankedBars
          head="Brand"
          caption="Top brands by value sales"
          columns={[
            { label: 'Sales', width: 76 },
            ...(compared ? [{ label: 'Growth', width: 78 }] : []),
            { label: 'Share', width: 60, wide: true },
            ...(compared ? [{ label: 'Share change', width: 100, wide: true }] : []),
          ]}
          bars={data.rows.slice(0, shown).map((row) => ({
            id: row.member?.id ?? null,
            name: row.member?.name ?? 'No brand',
            value: row.values.value_sales ?? null,
            ...(row.member?.id && { href: link(`/brands/${row.member.id}`) }),
            cells: [
              <MetricValue key="sales" metric="value_sales" row={row} response={data} compact />,
              ...(compared ? [<MetricChange key="change" metric="value_sales" row={row} response={data} />] : []),
              <MetricValue key="share" metric="value_share" row={row} response={data} />,
              ...(compared ? [<MetricChange key="points" metric="value_share" row={row} response={data} />] : []),
            ],
          }))}
        />
      )}
    </ChartFrame>
  );
}
