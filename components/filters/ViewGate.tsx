'use client';

import type { ReactNode } from 'react';
import Link from '@/components/ui/Link';
import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconDatabaseImport } from '@tabler/icons-react';
import { ApiFailure } from '@/lib/client/failure';
import type { View } from '@/lib/client/view';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import { Note } from '@/components/ui/Note';
import { useLink } from '@/components/shell/workspace-context';
import { useView } from './use-view';

interface Props {
  children: (view: View, workspace: string, detail: WorkspaceDetail) => ReactNode;
}

/** Lets a page's content stand on a view: waits for the workspace, welcomes an empty one, says when it cannot be read. */
export function ViewGate({ children }: Props) {
  const { view, workspace, detail, error, refetch } = useView();
  const link = useLink();
  if (error) {
    return (
      <Note
        role="alert"
        minHeight={360}
        icon={<IconAlertTriangle size={24} stroke={1.6} />}
        title={error.message}
        action={
          <Button variant="default" onClick={refetch}>
            Try again
          </Button>
        }
      >
        {error instanceof ApiFailure && error.requestId && <>Request {error.requestId}</>}
      </Note>
    );
  }
  if (!detail) return <Skeleton height={420} radius="md" aria-busy />;
  if (!view) {
    return (
      <Note
        minHeight={420}
        icon={<IconDatabaseImport size={30} stroke={1.4} />}
        title={`Welcome to ${detail.name}`}
        action={
          <Button component={Link} href={link('/data')} size="sm">
            Load a file
          </Button>
        }
      >
        There are no lines here yet. Load a file of transactions: date, product or brand, and amount are enough to
        start. With shoppers and baskets you also see penetration, frequency and repeat.
      </Note>
    );
  }
  return children(view, workspace, detail);
}
