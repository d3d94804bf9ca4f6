'use client';

import { exportShoppers, listShoppers } from '@/lib/contract/counted';
import { formatUnit } from '@/lib/metrics/format';
import { formatDate } from '@/lib/metrics/format-date';
import { DrillPage } from './DrillPage';
import { useDrill } from './use-drill';

/** The shoppers that a count of buyers counts. */
export function Shoppers() {
  const { data, file, drilled } = useDrill(listShoppers, exportShoppers);
  const currency = data?.meta.currency ?? 'USD';
  const trips = data?.items[0]?.trips !== null;
  return (
    <DrillPage
      title="Shoppers"
      heading="The shoppers that are counted"
      drilled={drilled}
      file={file}
      summary={
        data &&
        `${formatUnit('count', data.total)} shoppers with a purchase, the largest amount first. Units and amounts are net of returns.`
      }
      table={
        data && {
          columns: [
            { label: 'Shopper' },
            ...(trips ? [{ label: 'Trips', numeric: true }] : []),
            { label: 'Units', numeric: true },
            { label: 'Amount', numeric: true },
            { label: 'First purchase' },
            { label: 'Last purchase' },
          ],
          rows: data.items.map((buyer) => [
            buyer.shopper,
            ...(trips ? [formatUnit('count', buyer.trips)] : []),
            formatUnit('units', buyer.units),
            formatUnit('money', buyer.amount, { currency }),
            formatDate(buyer.first),
            formatDate(buyer.last),
          ]),
        }
      }
    />
  );
}
