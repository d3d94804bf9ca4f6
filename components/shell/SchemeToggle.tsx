'use client';

import { ActionIcon, Tooltip, useMantineColorScheme } from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';

/** Both icons are in the page and the scheme hides one: the server does not know which it is. */
export function SchemeToggle() {
  const { toggleColorScheme } = useMantineColorScheme();
  return (
    <Tooltip label="Light or dark" multiline={false}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        onClick={toggleColorScheme}
        aria-label="Light or dark colours"
      >
        <IconSun size={17} stroke={1.7} className="mantine-light-hidden" />
        <IconMoon size={17} stroke={1.7} className="mantine-dark-hidden" />
      </ActionIcon>
    </Tooltip>
  );
}
