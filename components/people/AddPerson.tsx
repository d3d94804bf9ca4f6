'use client';

import { useState } from 'react';
import { Modal, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call } from '@/lib/client/call';
import { addPerson, roleMeanings, roles, type Person } from '@/lib/contract/people';
import { DialogForm } from '@/components/ui/DialogForm';

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
    <Modal opened onClose={onClose} title="Add somebody">
      <DialogForm
        action="Add"
        lacking={email.trim() === ''}
        isPending={isPending}
        error={error?.message}
        onSubmit={() => mutate()}
        onCancel={onClose}
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
      </DialogForm>
    </Modal>
  );
}
