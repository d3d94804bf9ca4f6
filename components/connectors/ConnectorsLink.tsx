'use client';

import { Badge } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { PageButton } from '@/components/shell/PageButton';
import { useWorkspace } from '@/components/shell/workspace-context';
import { optionsOf } from '@/lib/client/options';
import { listConnectors } from '@/lib/contract/connectors';

/** The way to the connectors, which says how many failed last: of what they could not fetch there is no import to show it. */
export function ConnectorsLink() {
  const { slug } = useWorkspace();
  const { data } = useQuery({ ...optionsOf(listConnectors, { query: { workspace: slug } }), staleTime: 2_000 });
  const failed = data?.items.filter(({ lastRun }) => lastRun?.state === 'failed').length ?? 0;
  return (
    <PageButton
      path="/data/connectors"
      icon={IconPlugConnected}
      name="Connectors"
      mark={
        failed > 0 && (
          <Badge color="red" variant="light" size="sm" tt="none">
            {failed} failed
          </Badge>
        )
      }
    />
  );
}
