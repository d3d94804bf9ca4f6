'use client';

import { AuditLog } from '@/components/audit/AuditLog';
import { PageAbove } from '@/components/shell/PageAbove';
import { useWorkspace } from '@/components/shell/workspace-context';
import { Page } from '@/components/ui/Page';
import { PageHead } from '@/components/ui/PageHead';
import { Panel } from '@/components/ui/Panel';

/** Who did what and when in the workspace. */
export function AuditPage() {
  const { role } = useWorkspace();
  return (
    <Page>
      <PageHead
        title="Audit log"
        note={
          <>
            <PageAbove path="/settings" name="Settings" /> / who did what, and when
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
