'use client';

import { Anchor } from '@mantine/core';
import { AuditLog } from '@/components/audit/AuditLog';
import { useLink, useWorkspace } from '@/components/shell/workspace-context';
import Link from '@/components/ui/Link';
import { Page } from '@/components/ui/Page';
import { PageHead } from '@/components/ui/PageHead';
import { Panel } from '@/components/ui/Panel';

/** Who did what and when in the workspace. */
export function AuditPage() {
  const { role } = useWorkspace();
  const link = useLink();
  return (
    <Page>
      <PageHead
        title="Audit log"
        note={
          <>
            <Anchor component={Link} href={link('/settings')} size="sm" underline="always">
              Settings
            </Anchor>{' '}
            / who did what, and when
          </>
        }
      />
      {role === 'admin' ? (
        <AuditLog />
      ) : (
        <Panel title="What was done">The audit log is for admins of the workspace.</Panel>
      )}
    </Page>
  );
}
