'use client';

import Link from '@/components/ui/Link';
import { usePathname } from 'next/navigation';
import {
  IconApi,
  IconBook2,
  IconChartDots3,
  IconDatabase,
  IconLayoutDashboard,
  IconSettings,
  IconTags,
} from '@tabler/icons-react';
import { useLink } from './workspace-context';
import classes from './Shell.module.css';

const pages = [
  { path: '/overview', label: 'Overview', Icon: IconLayoutDashboard },
  { path: '/brands', label: 'Brands', Icon: IconTags },
  { path: '/analyses', label: 'Analyses', Icon: IconChartDots3 },
  { path: '/data', label: 'Data', Icon: IconDatabase },
  { path: '/settings', label: 'Settings', Icon: IconSettings },
  { path: '/glossary', label: 'Glossary', Icon: IconBook2 },
  { path: '/api-reference', label: 'API', Icon: IconApi },
] as const;

export function NavLinks() {
  const pathname = usePathname();
  const link = useLink();
  return (
    <div className={classes.links}>
      {pages.map(({ path, label, Icon }) => (
        <Link
          key={path}
          href={link(path)}
          className={classes.link}
          {...(pathname.startsWith(path) && { 'aria-current': 'page' as const })}
        >
          <Icon size={17} stroke={1.7} aria-hidden />
          {label}
        </Link>
      ))}
    </div>
  );
}
