'use client';

import type { ReactNode } from 'react';
import { Button } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import Link from '@/components/ui/Link';
import { useLink } from './workspace-context';

interface Props {
  path: string;
  icon: Icon;
  name: string;
  /** Behind the name: what is to be known before one goes there. */
  mark?: ReactNode;
}

/** The way to a page that lies under this one, for its head. */
export function PageButton({ path, icon: Sign, name, mark }: Props) {
  const link = useLink();
  return (
    <Button
      component={Link}
      href={link(path)}
      variant="default"
      size="xs"
      leftSection={<Sign size={14} />}
      rightSection={mark}
    >
      {name}
    </Button>
  );
}
