'use client';

import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Note } from '@/components/ui/Note';

/** A fault of one page leaves the frame around it standing. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Note
      role="alert"
      minHeight={480}
      icon={<IconAlertTriangle size={26} stroke={1.5} />}
      title="This page could not be shown"
      action={
        <Button variant="default" onClick={reset}>
          Try again
        </Button>
      }
    >
      Something went wrong on our side. Your data is untouched.
      {error.digest && <> Reference {error.digest}.</>}
    </Note>
  );
}
