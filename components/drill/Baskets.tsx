'use client';

import { exportBaskets, listBaskets } from '@/lib/contract/counted';
import { formatUnit } from '@/lib/metrics/format';
import { formatDate } from '@/lib/metrics/format-date';
import { DrillPage } from './DrillPage';
import { useDrill } from './use-drill';

const dash = '–';

/** The baskets that a count of trips counts. */
export function Baskets() {
  const { data, file, drilled } = useDrill(listBaskets, exportBaskets);
  const currency = data?.meta.currency ?? 'USD';
  const named = data?.items[0]?.shopper !== undefined;
  return (
    <DrillPage
      title="Baskets"
      heading="The baskets that are counted"
      drilled={drilled}
      file={file}
      summary={
        data &&
        `${formatUnit('count', data.total)} ${data.total === 1 ? 'basket' : 'baskets'} with a purchase, oldest first. Lines, units and amounts are those that the number runs over.`
      }
      table={
        data && {
          columns: [
            { label: 'Date' },
            { label: 'Store' },
            { label: 'Receipt' },
            ...(named ? [{ label: 'Shopper' }] : []),
            { label: 'Lines', numeric: true },
            { label: 'Units', numeric: true },
            { label: 'Amount', numeric: true },
          ],
          rows: data.items.map((basket) => [
            formatDate(basket.date),
            basket.store ?? dash,
            basket.receipt,
            ...(named ? [basket.shopper ?? dash] : []),
            formatUnit('count', basket.lines),
            formatUnit('units', basket.units),
            formatUnit('money', basket.amount, { currency }),
          ]),
        }
      }
    />
  );
}
