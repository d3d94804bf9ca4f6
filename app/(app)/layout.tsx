import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { FirstWorkspace } from '@/components/access/FirstWorkspace';
import { ExplainProvider } from '@/components/metrics/explain-context';
import { Shell } from '@/components/shell/Shell';
import { WorkspaceProvider, type Member } from '@/components/shell/workspace-context';
import { ApiError } from '@/lib/contract/errors';
import { currentUser } from '@/lib/access/session';
import { listMemberships } from '@/lib/access/workspace';
import { pageHeader } from '@/lib/http/page-header';
import { logger } from '@/lib/observability/logger';

/** While the database is down the frame still stands, and the parts say what they lack. */
async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ApiError)) logger.warn({ err: error }, 'the frame of a page lacks a part');
    return null;
  }
}

export default async function AppLayout({ children }: { children: ReactNode }) {
  const given = await headers();
  // Null: the session cannot be checked right now.
  const session = await currentUser(given).then(
    (found) => ({ user: found }),
    () => null,
  );
  if (session && !session.user) {
    const page = given.get(pageHeader);
    redirect(page ? `/sign-in?next=${encodeURIComponent(page)}` : '/sign-in');
  }
  const user = session?.user ?? null;
  const known = user && (await orNull(() => listMemberships(user.id)));
  if (user && known?.length === 0) return <FirstWorkspace person={user.name} />;
  const workspaces: Member[] = known ?? [];
  return (
    <WorkspaceProvider
      person={user && { name: user.name, email: user.email }}
      workspaces={workspaces.map(({ slug, name, role, currency }) => ({ slug, name, role, currency }))}
    >
      <ExplainProvider>
        <Shell>{children}</Shell>
      </ExplainProvider>
    </WorkspaceProvider>
  );
}
