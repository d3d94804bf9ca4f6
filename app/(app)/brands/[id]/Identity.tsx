'use client';

import { IdentityEquation } from '@/components/brands/IdentityEquation';
import { ChartFrame } from '@/components/charts/ChartFrame';
import { MetricBefore, MetricChange, MetricValue } from '@/components/metrics/MetricValue';
import { Note } from '@/components/ui/Note';
import { metricOf, type MetricId } from '@/lib/metrics/catalog';
import { usePart, type Part } from './part';
import { factors } from './queries';

const told: readonly MetricId[] = [...factors, 'identified_sales', 'coverage', 'value_sales'];

/** Why sales are what they are: buyers × frequency × spend per trip. */
export function Identity(part: Part) {
  const query = usePart(part, 'totals');
  return (
    <ChartFrame
      title="What sales are made of"
      subtitle="Buyers × frequency × spend per trip = identified sales"
      query={query}
      metrics={[...factors, 'identified_sales']}
      height={150}
      table={(data) => {
        const [row] = data.totals;
        const compared = data.meta.compareRange !== null;
        return {
          columns: [
            { label: 'Factor' },
            { label: 'Value', numeric: true },
            ...(compared
              ? [
                  { label: 'Before', numeric: true },
                  { label: 'Change', numeric: true },
                ]
              : []),
          ],
          rows: told.map((id) => [
            metricOf(id).label,
            row && <MetricValue key="now" metric={id} row={row} response={data} />,
            ...(row && compared
              ? [
                  <MetricBefore key="before" metric={id} row={row} response={data} />,
                  <MetricChange key="change" metric={id} row={row} response={data} />,
                ]
              : []),
          ]),
          raw: told.map((id) => [
            metricOf(id).label,
            row?.values[id] ?? null,
            ...(compared ? [row?.previous?.[id] ?? null, row?.change?.[id] ?? null] : []),
          ]),
        };
      }}
    >
      {(data) => {
        const missing = factors.map((id) => data.meta.metrics[id]).find((meta) => meta?.state === 'unavailable');
        const [row] = data.totals;
        if (missing || !row) {
          return (
            <Note minHeight={150} title="Not in this data">
              {missing?.reason}
            </Note>
          );
        }
        return <IdentityEquation response={data} row={row} factors={factors} />;
      }}
    </ChartFrame>
  );
}
