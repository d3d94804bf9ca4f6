'use client';

import Link from '@/components/ui/Link';
import { Button } from '@mantine/core';
import { ErrorPage } from '@/components/ui/ErrorPage';

export default function NotFound() {
  return (
    <ErrorPage
      title="There is no such page"
      action={
        <Button variant="default" component={Link} href="/overview">
          To the overview
        </Button>
      }
    >
      The address may be wrong, or it belongs to a workspace that is not yours.
    </ErrorPage>
  );
}
