'use client';

import { FilterBar } from '@/components/filters/FilterBar';
import { ViewGate } from '@/components/filters/ViewGate';
import { useDetail } from '@/components/filters/use-view';
import { Cell, Columns, Page } from '@/components/ui/Page';
import { PageHead } from '@/components/ui/PageHead';
import { formatDate } from '@/lib/metrics/format-date';
import { CategoryMix } from './CategoryMix';
import { Movers } from './Movers';
import { SalesTrend } from './SalesTrend';
import { ShareTrend } from './ShareTrend';
import { Tiles } from './Tiles';
import { TopBrands } from './TopBrands';

export function Overview() {
  const { data: detail } = useDetail();
  return (
    <Page>
      <PageHead title="Overview" note={detail?.to ? `Data to ${formatDate(detail.to)}` : ' '}>
        <FilterBar />
      </PageHead>
      <ViewGate>
        {(view, workspace, held) => {
          const part = { view, workspace, finest: held.grain };
          return (
            <>
              <Tiles {...part} />
              <Columns>
                <Cell span={7}>
                  <SalesTrend {...part} />
                </Cell>
                <Cell span={5}>
                  <ShareTrend {...part} />
                </Cell>
                <Cell span={7}>
                  <TopBrands {...part} />
                </Cell>
                <Cell span={5}>
                  <Movers {...part} />
                </Cell>
                <Cell>
                  <CategoryMix {...part} />
                </Cell>
              </Columns>
            </>
          );
        }}
      </ViewGate>
    </Page>
  );
}
