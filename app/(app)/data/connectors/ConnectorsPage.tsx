'use client';

import { Connectors } from '@/components/connectors/Connectors';
import { PageAbove } from '@/components/shell/PageAbove';
import { useWorkspace } from '@/components/shell/workspace-context';
import { Page } from '@/components/ui/Page';
import { PageHead } from '@/components/ui/PageHead';
import { Panel } from '@/components/ui/Panel';

/** What fetches files by itself, and how its runs went. */
export function ConnectorsPage() {
  const { role } = useWorkspace();
  return (
    <Page>
      <PageHead
        title="Connectors"
        note={
          <>
            <PageAbove path="/data" name="Data" /> / what fetches files by itself
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
