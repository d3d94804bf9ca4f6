'use client';

import { Button } from '@mantine/core';
import { ErrorPage } from '@/components/ui/ErrorPage';

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <ErrorPage
      title="This page could not be shown"
      action={
        <Button size="sm" onClick={reset}>
          Try again
        </Button>
      }
    >
      Something went wrong on our side. Your data is untouched.
      {error.digest && <> Reference {error.digest}.</>}
    </ErrorPage>
  );
}
