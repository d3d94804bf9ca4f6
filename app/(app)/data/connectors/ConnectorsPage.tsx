'use client';

import { Anchor } from '@mantine/core';
import { Connectors } from '@/components/connectors/Connectors';
import { useLink, useWorkspace } from '@/components/shell/workspace-context';
import Link from '@/components/ui/Link';
import { Page } from '@/components/ui/Page';
import { PageHead } from '@/components/ui/PageHead';
import { Panel } from '@/components/ui/Panel';

/** What fetches files by itself, and how its runs went. */
export function ConnectorsPage() {
  const { role } = useWorkspace();
  const link = useLink();
  return (
    <Page>
      <PageHead
        title="Connectors"
        note={
          <>
            <Anchor component={Link} href={link('/data')} size="sm" underline="always">
              Data
            </Anchor>{' '}
            / what fetches files by itself
          </>
        }
      />
      {role === 'admin' ? (
        <Connectors />
      ) : (
        <Panel title="Connectors">Connectors are for admins of the workspace: they hold its secrets.</Panel>
      )}
    </Page>
  );
}
