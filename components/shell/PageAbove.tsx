'use client';

import { Anchor } from '@mantine/core';
import Link from '@/components/ui/Link';
import { useLink } from './workspace-context';

/** The way back to the page that this one lies under, for the line below its title. */
export function PageAbove({ path, name }: { path: string; name: string }) {
  const link = useLink();
  return (
    <Anchor component={Link} href={link(path)} size="sm" underline="always">
      {name}
    </Anchor>
  );
}
