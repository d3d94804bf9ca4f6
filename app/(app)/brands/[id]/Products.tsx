'use client';

import { useWalk } from '@/components/brands/use-walk';
import { ChartFrame } from '@/components/charts/ChartFrame';
import { RankedBars } from '@/components/charts/RankedBars';
import { memberTable } from '@/components/charts/tables';
import { Explainable } from '@/components/metrics/Explainable';
import { MetricChange, MetricValue } from '@/components/metrics/MetricValue';
import { CursorPager } from '@/components/ui/CursorPager';
import type { QueryResponse, QueryRow } from '@/lib/contract/query';
import { divide } from '@/lib/metrics/compute';
import { formatUnit } from '@/lib/metrics/format';
import { queriesOf, usePart, type Part } from './part';
import { productsShown } from './queries';

function PartOfBrand({ row, response }: { row: QueryRow; response: QueryResponse }) {
  const part = divide(row.values.value_sales ?? null, response.totals[0]?.values.value_sales ?? null, 100);
  const text = formatUnit('percent', part);
  const label = 'Part of the brand';
  const made = { label, text, formula: 'value sales of the product ÷ value sales of the brand' };
  return (
    <Explainable what={{ metric: 'value_sales', response, row, made }} label={`${label}: ${text}`}>
      {text}
    </Explainable>
  );
}

export function Products(part: Part) {
  const query = usePart(part, 'products');
  const compared = part.view.compareRange !== null;
  const question = queriesOf(part).firstProducts;
  const walk = useWalk(question, part.params.items, query.error, (items, history) => part.change({ items }, history));
  return (
    <ChartFrame
      title="Products by value sales"
      subtitle={
        query.data
          ? `${query.data.rowCount.toLocaleString('en-US')} ${query.data.rowCount === 1 ? 'product' : 'products'} sold; part of the brand’s sales`
          : ' '
      }
      query={query}
      metrics={['value_sales', 'average_price']}
      height={360}
      table={(data) => memberTable(data, ['value_sales', 'unit_sales', 'average_price'], 'Product')}
    >
      {(data) => {
        return (
          <>
            <RankedBars
              head="Product"
              caption="Products of the brand by value sales"
              coloured={false}
              columns={[
                { label: 'Sales', width: 74 },
                ...(compared ? [{ label: 'Growth', width: 88 }] : []),
                { label: 'Part', width: 68, wide: true },
                { label: 'Avg. price', width: 88, wide: true },
                ...(compared ? [{ label: 'Price change', width: 104, wide: true }] : []),
              ]}
              bars={data.rows.map((row) => ({
                id: row.member?.id ?? null,
                name: row.member?.name ?? 'No product',
                value: row.values.value_sales ?? null,
                cells: [
                  <MetricValue key="sales" metric="value_sales" row={row} response={data} compact />,
                  ...(compared ? [<MetricChange key="growth" metric="value_sales" row={row} response={data} />] : []),
                  <PartOfBrand key="part" row={row} response={data} />,
                  <MetricValue key="price" metric="average_price" row={row} response={data} />,
                  ...(compared ? [<MetricChange key="dearer" metric="average_price" row={row} response={data} />] : []),
                ],
              }))}
            />
            <CursorPager walk={walk} size={productsShown} answer={data} of="products" />
          </>
        );
      }}
    </ChartFrame>
  );
}
