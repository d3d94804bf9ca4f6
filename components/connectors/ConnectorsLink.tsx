'use client';

import { Badge, Button } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useLink, useWorkspace } from '@/components/shell/workspace-context';
import Link from '@/components/ui/Link';
import { optionsOf } from '@/lib/client/options';
import { listConnectors } from '@/lib/contract/connectors';

/** The way to the connectors, which says how many failed last: of what they could not fetch there is no import to show it. */
export function ConnectorsLink() {
  const { slug } = useWorkspace();
  const link = useLink();
  const { data } = useQuery({ ...optionsOf(listConnectors, { query: { workspace: slug } }), staleTime: 2_000 });
  const failed = data?.items.filter(({ lastRun }) => lastRun?.state === 'failed').length ?? 0;
  return (
    <Button
      component={Link}
      href={link('/data/connectors')}
      variant="default"
      size="xs"
      leftSection={<IconPlugConnected size={14} />}
      rightSection={
        failed > 0 && (
          <Badge color="red" variant="light" size="sm" tt="none">
            {failed} failed
          </Badge>
        )
      }
    >
      Connectors
    </Button>
  );
}
