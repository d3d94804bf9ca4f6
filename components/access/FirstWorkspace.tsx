'use client';

import { Anchor } from '@mantine/core';
import { CreateWorkspaceForm } from './CreateWorkspaceForm';
import { useSignOut } from './use-sign-out';
import { Welcome } from './Welcome';

/** What somebody sees who belongs to no workspace yet. */
export function FirstWorkspace({ person }: { person: string }) {
  const { leaving, leave } = useSignOut();
  return (
    <Welcome
      title={`Welcome, ${person}`}
      lead="A workspace holds your data and the people who read it. Create one, or ask a colleague to add you to theirs."
    >
      <CreateWorkspaceForm />
      <Anchor
        component="button"
        type="button"
        size="sm"
        mt="md"
        display="block"
        mx="auto"
        disabled={leaving}
        onClick={leave}
      >
        Sign out
      </Anchor>
    </Welcome>
  );
}
