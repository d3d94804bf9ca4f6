'use client';

import { AnalysisLinks } from '@/components/analyses/AnalysisLinks';
import { FilterBar } from '@/components/filters/FilterBar';
import { ViewGate } from '@/components/filters/ViewGate';
import { useSlice } from '@/components/shell/workspace-context';
import { Page } from '@/components/ui/Page';
import { PageHead } from '@/components/ui/PageHead';

export function Analyses() {
  const slice = useSlice();
  return (
    <Page>
      <PageHead
        title="Analyses"
        note="Questions that one number does not answer. Each opens on these dates and this slice."
      >
        <FilterBar withGrain={false} />
      </PageHead>
      <ViewGate>{() => <AnalysisLinks title="What would you like to know?" slice={slice} />}</ViewGate>
    </Page>
  );
}
