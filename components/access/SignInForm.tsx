'use client';

import { useState, type FormEvent } from 'react';
import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { signIn } from '@/lib/client/sign-in';
import { closedSignUp, type SignUp } from '@/lib/contract/sign-up';

/** Only places of this site: an address that another page put into the link is not followed. */
function safe(next: string | undefined): string {
  const here = window.location.origin;
  const asked = next?.startsWith('/') && URL.canParse(next, here) ? new URL(next, here) : null;
  return asked?.origin === here ? asked.pathname + asked.search : '/overview';
}

interface SignInFormProps {
  next: string | undefined;
  signUp: SignUp;
}

export function SignInForm({ next, signUp }: SignInFormProps) {
  const [joining, setJoining] = useState(signUp === 'first');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string): string => {
      const value = form.get(name);
      return typeof value === 'string' ? value : '';
    };
    setBusy(true);
    setFault(null);
    const told = await signIn({
      email: text('email').trim(),
      password: text('password'),
      ...(joining && { name: text('name').trim() }),
    });
    if (told === null) return window.location.assign(safe(next));
    setBusy(false);
    setFault(told);
  };

  return (
    // By POST: sent before the script has come, a form else puts the password into the address, and so into logs.
    <form method="post" onSubmit={(event) => void submit(event)} aria-label={joining ? 'Create an account' : 'Sign in'}>
      <Stack gap="sm">
        {fault && (
          <Alert color="red" variant="light" role="alert" p="xs">
            {fault}
          </Alert>
        )}
        {joining && <TextInput name="name" label="Name" autoComplete="name" required maxLength={100} />}
        <TextInput name="email" type="email" label="E-mail" autoComplete="email" required autoFocus />
        <PasswordInput
          name="password"
          label="Password"
          autoComplete={joining ? 'new-password' : 'current-password'}
          required
          {...(joining && { minLength: 8, description: 'At least 8 characters' })}
        />
        <Button type="submit" size="sm" fullWidth loading={busy} mt={4}>
          {joining ? 'Create account' : 'Sign in'}
        </Button>
        {signUp === 'open' && (
          <Anchor
            component="button"
            type="button"
            size="sm"
            ta="center"
            onClick={() => {
              setJoining(!joining);
              setFault(null);
            }}
          >
            {joining ? 'I have an account' : 'Create an account'}
          </Anchor>
        )}
        {signUp === 'closed' && (
          <Text size="sm" c="dimmed" ta="center">
            {closedSignUp}
          </Text>
        )}
      </Stack>
    </form>
  );
}
