'use client';

import { Alert, Button, Group } from '@mantine/core';
import { IconAlertTriangle, IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import type { ImportSummary } from '@/lib/contract/imports';
import { useWorkspace } from '@/components/shell/workspace-context';
import { useImportActions } from './use-imports';
import classes from './imports.module.css';

const given = {
  reading: 'Cancel reading',
  validating: 'Cancel the check',
  paused: 'Cancel the check',
  publishing: 'Cancel publishing',
  reverting: 'Cancel reverting',
} as const;

/** Pause, go on with, or give up what is under way; nothing for those who may only read. */
export function JobControls({ item }: { item: Pick<ImportSummary, 'id' | 'state'> }) {
  const { role } = useWorkspace();
  const { pause, resume, cancel } = useImportActions(item.id);
  const { state } = item;
  if (role === 'viewer' || !(state in given)) return null;
  const fault = pause.error ?? resume.error ?? cancel.error;
  return (
    <div className={classes.controls}>
      <Group gap="xs">
        {state === 'validating' && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlayerPause size={14} />}
            loading={pause.isPending}
            onClick={() => pause.mutate()}
          >
            Pause
          </Button>
        )}
        {state === 'paused' && (
          <Button
            size="xs"
            leftSection={<IconPlayerPlay size={14} />}
            loading={resume.isPending}
            onClick={() => resume.mutate()}
          >
            Go on
          </Button>
        )}
        <Button
          variant="default"
          size="xs"
          leftSection={<IconX size={14} />}
          loading={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {given[state as keyof typeof given]}
        </Button>
      </Group>
      {fault && (
        <Alert color="red" variant="light" role="alert" icon={<IconAlertTriangle size={18} />}>
          {fault.message}
        </Alert>
      )}
    </div>
  );
}
