'use client';

import { usePathname, useRouter } from 'next/navigation';
import { Menu, Modal, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCheck, IconPlus, IconSelector } from '@tabler/icons-react';
import { CreateWorkspaceForm } from '@/components/access/CreateWorkspaceForm';
import { useKnown, useWorkspace } from './workspace-context';
import classes from './Shell.module.css';

/** Another workspace has other members and dates: only the page is kept. A page about one brand becomes the list. */
const pageOf = (pathname: string): string => `/${pathname.split('/')[1] ?? ''}`;

export function WorkspaceSwitcher() {
  const { workspaces } = useKnown();
  const current = useWorkspace();
  const pathname = usePathname();
  const router = useRouter();
  const [creating, { open, close }] = useDisclosure(false);
  return (
    <>
      <Menu position="bottom-start" width={216}>
        <Menu.Target>
          <UnstyledButton className={classes.switch} aria-label={`Workspace: ${current.name}`}>
            <span className={classes.switchName}>{current.name}</span>
            <IconSelector size={15} stroke={1.7} aria-hidden color="var(--ink-3)" />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Workspaces</Menu.Label>
          {workspaces.map(({ slug, name }) => (
            <Menu.Item
              key={slug}
              onClick={() => router.push(`${pageOf(pathname)}?workspace=${encodeURIComponent(slug)}`)}
              rightSection={slug === current.slug ? <IconCheck size={15} aria-label="current" /> : null}
            >
              {name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconPlus size={15} />} onClick={open}>
            New workspace
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={creating} onClose={close} title="New workspace">
        <CreateWorkspaceForm onCreated={close} />
      </Modal>
    </>
  );
}
