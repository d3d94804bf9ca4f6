'use client';

import { useState } from 'react';
import { Alert, Button, Group, Modal, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call } from '@/lib/client/call';
import { addPerson, roleMeanings, roles, type Person } from '@/lib/contract/people';
import classes from './People.module.css';

interface Props {
  workspace: string;
  onAdded: () => unknown;
  onClose: () => void;
}

/** Lets somebody who has an account into the workspace. */
export function AddPerson({ workspace, onAdded, onClose }: Props) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Person['role']>('viewer');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => call(addPerson, { query: { workspace }, body: { email, role } }),
    onSuccess: async () => {
      await onAdded();
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title="Add somebody"
      centered
      radius="md"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
      >
        <TextInput
          type="email"
          label="E-mail"
          description="Of their account, which they make on the sign-in page"
          required
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          data-autofocus
        />
        <Select
          label="Role"
          description={`It ${roleMeanings[role]}`}
          data={[...roles]}
          value={role}
          allowDeselect={false}
          onChange={(value) => setRole(roles.find((known) => known === value) ?? 'viewer')}
        />
        {error && (
          <Alert color="red" variant="light" role="alert" p="xs">
            {error.message}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" size="sm" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" size="sm" loading={isPending} disabled={email.trim() === ''}>
            Add
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
