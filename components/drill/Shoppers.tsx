'use client';

import { parseAsString, useQueryState } from 'nuqs';
import type { Answer } from '@/lib/client/call';
import { analysisIn } from '@/lib/client/drill';
import { exportAnalysisShoppers, listAnalysisShoppers } from '@/lib/contract/analysis-shoppers';
import { exportShoppers, listShoppers } from '@/lib/contract/counted';
import { formatUnit, none } from '@/lib/metrics/format';
import { analysisOf } from '@/lib/metrics/analyses';
import { formatDate } from '@/lib/metrics/format-date';
import { DrillPage } from './DrillPage';
import { useDrill, type Drilled } from './use-drill';

/** The shoppers that a count counts: of a metric, or of an analysis, which says itself which number it is. */
export function Shoppers() {
  const [q] = useQueryState('q', parseAsString.withDefault(''));
  const analysis = analysisIn(q);
  return analysis ? <OfAnalysis label={analysisOf(analysis).label} /> : <OfCount />;
}

function OfAnalysis({ label }: { label: string }) {
  const { drilled, ...read } = useDrill(listAnalysisShoppers, exportAnalysisShoppers);
  const of = read.data ? `${label} · ${read.data.of}` : label;
  return <List {...read} drilled={{ ...drilled, of }} />;
}

const OfCount = () => <List {...useDrill(listShoppers, exportShoppers)} />;

interface ListProps {
  data: Answer<typeof listShoppers> | undefined;
  file: string;
  drilled: Drilled;
}

function List({ data, file, drilled }: ListProps) {
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
        `${formatUnit('count', data.total)} ${data.total === 1 ? 'shopper' : 'shoppers'}, the largest amount first. Trips, units and amounts are of these dates, units and amounts net of returns.`
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
            buyer.first ? formatDate(buyer.first) : none,
            buyer.last ? formatDate(buyer.last) : none,
          ]),
        }
      }
    />
  );
}
