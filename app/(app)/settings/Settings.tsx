'use client';

import { Skeleton } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useDetail } from '@/components/filters/use-view';
import { BasesForm } from '@/components/settings/BasesForm';
import { DeleteWorkspace } from '@/components/settings/DeleteWorkspace';
import { CalendarForm } from '@/components/settings/CalendarForm';
import { ClockForm } from '@/components/settings/ClockForm';
import { ImportRulesForm } from '@/components/settings/ImportRulesForm';
import { RegionUniversesForm } from '@/components/settings/RegionUniversesForm';
import { RetentionForm } from '@/components/settings/RetentionForm';
import { Groups } from '@/components/groups/Groups';
import { Keys } from '@/components/keys/Keys';
import { People } from '@/components/people/People';
import { PageButton } from '@/components/shell/PageButton';
import { Failed } from '@/components/ui/Failed';
import { Page } from '@/components/ui/Page';
import { PageHead } from '@/components/ui/PageHead';

export function Settings() {
  const { data: detail, error, refetch } = useDetail();
  return (
    <Page>
      <PageHead
        title="Settings"
        note={detail ? `What holds for everybody in ${detail.name}` : ' '}
        actions={detail?.role === 'admin' && <PageButton path="/settings/audit" icon={IconHistory} name="Audit log" />}
      />
      {detail ? (
        <>
          {/* Made anew where somebody else has changed it. */}
          <CalendarForm key={JSON.stringify(detail.meta.calendar)} detail={detail} />
          <ClockForm key={JSON.stringify(detail.clock)} detail={detail} />
          <ImportRulesForm detail={detail} />
          <BasesForm key={`${detail.universe} ${detail.lowBase}`} detail={detail} />
          {detail.has.regions && <RegionUniversesForm detail={detail} />}
          <Groups detail={detail} />
          {detail.role === 'admin' && <People detail={detail} />}
          {detail.role === 'admin' && <Keys detail={detail} />}
          <RetentionForm key={`kept ${detail.retentionMonths}`} detail={detail} />
          {detail.role === 'admin' && <DeleteWorkspace detail={detail} />}
        </>
      ) : error ? (
        <Failed error={error} retry={refetch} />
      ) : (
        <Skeleton height={420} radius="md" aria-busy />
      )}
    </Page>
  );
}
