'use client';

import { ChartFrame } from '@/components/charts/ChartFrame';
import { RankedBars } from '@/components/charts/RankedBars';
import { memberTable } from '@/components/charts/tables';
import { Change } from '@/components/metrics/Change';
import { MetricValue } from '@/components/metrics/MetricValue';
import { CursorPager } from '@/components/ui/CursorPager';
import { cursorsOf, markOf } from '@/lib/client/trail';
import { divide } from '@/lib/metrics/compute';
import { formatUnit } from '@/lib/metrics/format';
import { queriesOf, usePart, type Part } from './part';
import { productsShown } from './queries';

export function Products(part: Part) {
  const query = usePart(part, 'products');
  const compared = part.view.compareRange !== null;
  const question = queriesOf(part).firstProducts;
  const cursors = cursorsOf(part.params.items, question);
  const go = (next: string[]) =>
    part.change({ items: next.length > 0 ? { of: markOf(question), cursors: next } : null });
  return (
    <ChartFrame
      title="Products by value sales"
      subtitle={
        query.data ? `${query.data.rowCount.toLocaleString('en-US')} products sold; part of the brand’s sales` : ' '
      }
      query={query}
      metrics={['value_sales', 'average_price']}
      height={360}
      table={(data) => memberTable(data, ['value_sales', 'unit_sales', 'average_price'], 'Product')}
    >
      {(data) => {
        const whole = data.totals[0]?.values.value_sales ?? null;
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
                  ...(compared ? [<Change key="growth" metric="value_sales" value={row.change?.value_sales} />] : []),
                  formatUnit('percent', divide(row.values.value_sales ?? null, whole, 100)),
                  <MetricValue key="price" metric="average_price" row={row} response={data} />,
                  ...(compared
                    ? [<Change key="dearer" metric="average_price" value={row.change?.average_price} />]
                    : []),
                ],
              }))}
            />
            <CursorPager
              walk={{
                page: cursors.length,
                cursor: cursors.at(-1),
                forward: (next) => go([...cursors, next]),
                back: () => go(cursors.slice(0, -1)),
              }}
              size={productsShown}
              shown={data.rows.length}
              total={data.rowCount}
              next={data.nextCursor}
              of="products"
            />
          </>
        );
      }}
    </ChartFrame>
  );
}
