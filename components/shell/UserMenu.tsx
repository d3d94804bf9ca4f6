'use client';

import { Menu, Text, UnstyledButton } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useSignOut } from '@/components/access/use-sign-out';
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
  const { leaving, leave } = useSignOut();
  if (!person) return <span style={{ flex: 1 }} />;
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
        <Menu.Item leftSection={<IconLogout size={15} />} disabled={leaving} onClick={leave}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
