'use client';

import Link from '@/components/ui/Link';
import { Button } from '@mantine/core';
import { Note } from '@/components/ui/Note';

export default function NotFound() {
  return (
    <Note
      minHeight={480}
      title="There is no such thing here"
      action={
        <Button variant="default" component={Link} href="/overview">
          To the overview
        </Button>
      }
    >
      The address may be wrong, or it belongs to a workspace that is not yours.
    </Note>
  );
}
