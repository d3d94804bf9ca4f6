'use client';

import { AnalysisLinks } from '@/components/analyses/AnalysisLinks';
import { FilterBar } from '@/components/filters/FilterBar';
import { ViewGate } from '@/components/filters/ViewGate';
import { useDetail } from '@/components/filters/use-view';
import { useSlice } from '@/components/shell/workspace-context';
import { Page } from '@/components/ui/Page';
import { PageHead } from '@/components/ui/PageHead';
import { formatDate } from '@/lib/metrics/format-date';
import { League } from './League';

export function Brands() {
  const { data: detail } = useDetail();
  const slice = useSlice();
  return (
    <Page>
      <PageHead title="Brands" note={detail?.to ? `Data to ${formatDate(detail.to)}` : ' '}>
        <FilterBar withGrain={false} />
      </PageHead>
      <ViewGate>
        {(view, workspace, held) => (
          <>
            <League view={view} workspace={workspace} finest={held.grain} />
            <AnalysisLinks title="Analyses of this slice" slice={slice} />
          </>
        )}
      </ViewGate>
    </Page>
  );
}
