'use client';

import { Anchor } from '@mantine/core';
import { Wordmark } from '@/components/ui/Wordmark';
import { CreateWorkspaceForm } from './CreateWorkspaceForm';
import { useSignOut } from './use-sign-out';
import classes from './FirstWorkspace.module.css';

/** What somebody sees who belongs to no workspace yet. */
export function FirstWorkspace({ person }: { person: string }) {
  const { leaving, leave } = useSignOut();
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Wordmark size={24} />
        <h1 className={classes.title}>Welcome, {person}</h1>
        <p className={classes.lead}>
          A workspace holds your data and the people who read it. Create one, or ask a colleague to add you to theirs.
        </p>
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
      </div>
    </main>
  );
}
