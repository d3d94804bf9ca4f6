'use client';

import { useEffect, useRef, type ReactNode } from 'react';
import Link from '@/components/ui/Link';
import { usePathname } from 'next/navigation';
import { AppShell, Burger } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { Wordmark } from '@/components/ui/Wordmark';
import { NavLinks } from './NavLinks';
import { OfflineNote } from './OfflineNote';
import { SchemeToggle } from './SchemeToggle';
import { UserMenu } from './UserMenu';
import { WorkspaceSwitcher } from './WorkspaceSwitcher';
import { useLink } from './workspace-context';
import classes from './Shell.module.css';

/** The frame of every page: a sidebar, on phones a header that opens it. */
export function Shell({ children }: { children: ReactNode }) {
  const [opened, { toggle, close }] = useDisclosure(false);
  const pathname = usePathname();
  const link = useLink();
  useEffect(close, [pathname, close]);
  const burger = useRef<HTMLButtonElement>(null);
  useHotkeys([
    [
      'Escape',
      () => {
        if (!opened) return;
        close();
        burger.current?.focus();
      },
    ],
  ]);
  return (
    <AppShell
      header={{ height: { base: 52, sm: 0 } }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      transitionDuration={120}
    >
      <a className="skip" href="#main">
        Skip to content
      </a>
      <AppShell.Header className={classes.header} hiddenFrom="sm">
        <Link href={link('/overview')} className={classes.brand} aria-label="Brandlens, overview">
          <Wordmark size={22} />
        </Link>
        <Burger
          ref={burger}
          opened={opened}
          onClick={toggle}
          size="sm"
          aria-label={opened ? 'Close menu' : 'Open menu'}
        />
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} data-open={opened || undefined} aria-label="Main">
        <Link href={link('/overview')} className={classes.brand} aria-label="Brandlens, overview" data-wide>
          <Wordmark size={22} />
        </Link>
        <WorkspaceSwitcher />
        <NavLinks />
        <div className={classes.foot}>
          <UserMenu />
          <SchemeToggle />
        </div>
      </AppShell.Navbar>
      <AppShell.Main id="main" className={classes.main} tabIndex={-1}>
        <OfflineNote />
        {children}
      </AppShell.Main>
    </AppShell>
  );
}
