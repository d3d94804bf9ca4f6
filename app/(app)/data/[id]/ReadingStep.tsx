import { Alert, Button, Group } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ImportDetail } from '@/lib/contract/imports';
import { JobControls } from '@/components/imports/JobControls';
import { JobProgress } from '@/components/imports/JobProgress';
import { useImportActions } from '@/components/imports/use-imports';
import { useWorkspace } from '@/components/shell/workspace-context';
import { Panel } from '@/components/ui/Panel';

/** A large file that a job reads: what was understood of it takes this place. */
export function ReadingStep({ detail }: { detail: ImportDetail }) {
  const { role } = useWorkspace();
  const { reread } = useImportActions(detail.id);
  if (detail.state === 'reading')
    return (
      <Panel
        title="Reading the file"
        subtitle="It is here as a whole. What is in it shows as soon as it is read; you may leave the page, it goes on."
      >
        <JobProgress item={detail} label="Progress of reading" />
        <JobControls item={detail} />
      </Panel>
    );
  const error = reread.error?.message ?? detail.error;
  return (
    <Panel title="This file was not read" subtitle="It is here as a whole; nothing is known of what it holds.">
      {error && (
        <Alert color="red" variant="light" role="alert" icon={<IconAlertTriangle size={18} />}>
          {error}
        </Alert>
      )}
      {role !== 'viewer' && (
        <Group mt="sm">
          <Button size="sm" loading={reread.isPending} onClick={() => reread.mutate({})}>
            Read it again
          </Button>
        </Group>
      )}
    </Panel>
  );
}
