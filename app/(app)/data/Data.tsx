'use client';

import { Group, Skeleton } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useDetail } from '@/components/filters/use-view';
import { ConnectorsLink } from '@/components/connectors/ConnectorsLink';
import { Export } from '@/components/data/Export';
import { Freshness } from '@/components/data/Freshness';
import { Verification } from '@/components/data/Verification';
import { ImportList } from '@/components/imports/ImportList';
import { Quality } from '@/components/imports/Quality';
import { Restatements } from '@/components/imports/Restatements';
import { Templates } from '@/components/imports/Templates';
import { UploadArea } from '@/components/imports/UploadArea';
import { PageButton } from '@/components/shell/PageButton';
import { useWorkspace } from '@/components/shell/workspace-context';
import { Failed } from '@/components/ui/Failed';
import { Cell, Columns, Page } from '@/components/ui/Page';
import { PageHead } from '@/components/ui/PageHead';
import { Panel } from '@/components/ui/Panel';
import { formatDate } from '@/lib/metrics/format-date';

export function Data() {
  const { slug, role } = useWorkspace();
  const { data: detail, error, refetch } = useDetail();
  return (
    <Page>
      <PageHead
        title="Data"
        note={detail ? (detail.to ? `Data to ${formatDate(detail.to)}` : 'No lines yet') : ' '}
        actions={
          <Group gap="xs">
            {role === 'admin' && <ConnectorsLink />}
            <PageButton path="/data/brands" icon={IconInbox} name="Brand inbox" />
          </Group>
        }
      />
      {role === 'viewer' ? (
        <Panel title="Loading files">
          You may read what is here. Loading, publishing and reverting files is for analysts and admins of the
          workspace.
        </Panel>
      ) : (
        <UploadArea />
      )}
      <ImportList />
      <Restatements />
      <Quality />
      <Templates />
      {detail ? (
        <>
          <Columns>
            <Cell span={7}>
              <Freshness detail={detail} />
            </Cell>
            <Cell span={5}>
              <Verification detail={detail} workspace={slug} />
            </Cell>
          </Columns>
          {detail.lines > 0 && <Export />}
        </>
      ) : error ? (
        <Failed error={error} retry={refetch} />
      ) : (
        <Skeleton height={260} radius="md" aria-busy />
      )}
    </Page>
  );
}
