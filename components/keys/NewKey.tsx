'use client';

import { useState } from 'react';
import { Button, CopyButton, Group, Modal, NumberInput, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call } from '@/lib/client/call';
import { createKey, keyScopes, longestDays, scopeMeanings, type KeyScope } from '@/lib/contract/keys';
import { DialogForm } from '@/components/ui/DialogForm';
import classes from './Keys.module.css';

interface Props {
  workspace: string;
  onMade: () => unknown;
  onClose: () => void;
}

/** Makes a key, and shows it the only time that it can be seen. */
export function NewKey({ workspace, onMade, onClose }: Props) {
  const [name, setName] = useState('');
  const [scope, setScope] = useState<KeyScope>('read');
  const [expiresInDays, setDays] = useState<number>(90);
  const { mutate, data, isPending, error } = useMutation({
    mutationFn: () => call(createKey, { query: { workspace }, body: { name, scope, expiresInDays } }),
    onSuccess: onMade,
  });
  return (
    <Modal opened onClose={onClose} title={data ? `Key “${data.name}”` : 'New key'} closeOnClickOutside={!data}>
      {data ? (
        <div className={classes.made}>
          <p className={classes.text}>Copy it now: it is kept nowhere, and is not shown again.</p>
          <code className={classes.secret} aria-label="The key">
            {data.key}
          </code>
          <Group justify="flex-end" gap="xs">
            <CopyButton value={data.key}>
              {({ copied, copy }) => (
                <Button size="sm" variant="default" onClick={copy}>
                  {copied ? 'Copied' : 'Copy'}
                </Button>
              )}
            </CopyButton>
            <Button size="sm" onClick={onClose}>
              Done
            </Button>
          </Group>
        </div>
      ) : (
        <DialogForm
          action="Make key"
          lacking={name.trim() === ''}
          isPending={isPending}
          error={error?.message}
          onSubmit={() => mutate()}
          onCancel={onClose}
        >
          <TextInput
            label="Name"
            description="The program that uses it"
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Select
            label="Scope"
            description={`It ${scopeMeanings[scope]}`}
            data={[...keyScopes]}
            value={scope}
            allowDeselect={false}
            onChange={(value) => setScope(keyScopes.find((known) => known === value) ?? 'read')}
          />
          <NumberInput
            label="Expires in"
            suffix=" days"
            min={1}
            max={longestDays}
            allowDecimal={false}
            value={expiresInDays}
            onChange={(value) => setDays(Number(value))}
          />
        </DialogForm>
      )}
    </Modal>
  );
}
