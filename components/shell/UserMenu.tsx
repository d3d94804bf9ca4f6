'use client';

import { useState } from 'react';
import { useRouter } from 'next/navigation';
import { useQueryClient } from '@tanstack/react-query';
import { Menu, Text, UnstyledButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconLogout } from '@tabler/icons-react';
import { signOut } from '@/lib/client/sign-out';
import { useKnown } from './workspace-context';
import classes from './Shell.module.css';

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part.charAt(0).toUpperCase())
    .join('');

export function UserMenu() {
  const { person } = useKnown();
  const router = useRouter();
  const client = useQueryClient();
  const [leaving, setLeaving] = useState(false);
  if (!person) return <span style={{ flex: 1 }} />;
  const leave = async () => {
    setLeaving(true);
    if (await signOut()) {
      // Nobody after them on this machine sees what they saw.
      client.clear();
      router.replace('/sign-in');
    } else {
      setLeaving(false);
      notifications.show({ color: 'red', message: 'Signing out did not work. Try again.' });
    }
  };
  return (
    <Menu position="top-start" width={216}>
      <Menu.Target>
        <UnstyledButton className={classes.person} aria-label={`Account of ${person.name}`}>
          <span className={classes.initials} aria-hidden>
            {initialsOf(person.name)}
          </span>
          <Text size="sm" truncate>
            {person.name}
          </Text>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{person.email}</Menu.Label>
        <Menu.Item leftSection={<IconLogout size={15} />} disabled={leaving} onClick={() => void leave()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
