'use client';

import { useState, type FormEvent } from 'react';
import { useRouter } from 'next/navigation';
import { Alert, Button, Select, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call } from '@/lib/client/call';
import { createWorkspace } from '@/lib/contract/workspaces';

const currencies = ['USD', 'EUR', 'GBP', 'CHF', 'AUD', 'BRL', 'CAD', 'CNY', 'CZK', 'DKK', 'HKD', 'HUF', 'IDR', 'ILS'];
const further = [
  'INR',
  'JPY',
  'KRW',
  'MXN',
  'MYR',
  'NOK',
  'NZD',
  'PHP',
  'PLN',
  'RON',
  'SEK',
  'SGD',
  'THB',
  'TRY',
  'ZAR',
];

const named = new Intl.DisplayNames('en', { type: 'currency' });
const choices = [...currencies, ...further].map((code) => ({ value: code, label: `${code} · ${named.of(code)}` }));

/** Makes an empty workspace and goes to where files are loaded into it. */
export function CreateWorkspaceForm({ onCreated }: { onCreated?: () => void }) {
  const router = useRouter();
  const [currency, setCurrency] = useState('USD');
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: (name: string) => call(createWorkspace, { body: { name, currency } }),
    onSuccess: ({ slug }) => {
      onCreated?.();
      router.push(`/data?workspace=${encodeURIComponent(slug)}`);
      // The frame around the page knows the workspaces from the server.
      router.refresh();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get('name');
    if (typeof name === 'string') mutate(name.trim());
  };
  return (
    <form onSubmit={submit} aria-label="Create a workspace">
      <Stack gap="sm">
        {error && (
          <Alert color="red" variant="light" role="alert" p="xs">
            {error.message}
          </Alert>
        )}
        <TextInput
          name="name"
          label="Name"
          description="Your company, a category or a client"
          required
          maxLength={100}
          pattern=".*\S.*"
          title="A name"
          data-autofocus
        />
        <Select
          label="Currency"
          description="What the amounts in your files are in"
          data={choices}
          value={currency}
          onChange={(code) => setCurrency(code ?? 'USD')}
          allowDeselect={false}
          searchable
        />
        <Button type="submit" size="sm" fullWidth loading={isPending || isSuccess} mt={4}>
          Create workspace
        </Button>
      </Stack>
    </form>
  );
}
