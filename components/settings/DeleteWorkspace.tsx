'use client';

import { useState } from 'react';
import { Alert, Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Panel } from '@/components/ui/Panel';
import { call } from '@/lib/client/call';
import { deleteWorkspace, type WorkspaceDetail } from '@/lib/contract/workspaces';
import classes from './settings.module.css';

/** The end of a workspace: its name has to be typed, as nothing brings it back. */
export function DeleteWorkspace({ detail: { slug, name } }: { detail: WorkspaceDetail }) {
  const [typed, setTyped] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => call(deleteWorkspace, { query: { workspace: slug, confirm: typed } }),
    // The document anew: whatever is kept of the workspace goes with it.
    onSuccess: () => window.location.assign('/overview'),
  });
  return (
    <Panel title="Delete the workspace" subtitle="Its lines, files, groups, keys and members, for good">
      <form
        className={classes.form}
        aria-label="Delete the workspace"
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
      >
        <TextInput
          label={`Type ${slug} to delete ${name}`}
          description="Nothing brings it back"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {error && (
          <Alert color="red" variant="light" role="alert" p="xs">
            {error.message}
          </Alert>
        )}
        <div className={classes.actions}>
          <Button type="submit" color="red" variant="outline" disabled={typed !== slug} loading={isPending}>
            Delete
          </Button>
        </div>
      </form>
    </Panel>
  );
}
