'use client';

import { Anchor } from '@mantine/core';
import { Wordmark } from '@/components/ui/Wordmark';
import { signOut } from '@/lib/client/sign-out';
import { CreateWorkspaceForm } from './CreateWorkspaceForm';
import classes from './FirstWorkspace.module.css';

/** What somebody sees who belongs to no workspace yet. */
export function FirstWorkspace({ person }: { person: string }) {
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
          onClick={() => void signOut().then(() => window.location.replace('/sign-in'))}
        >
          Sign out
        </Anchor>
      </div>
    </main>
  );
}
