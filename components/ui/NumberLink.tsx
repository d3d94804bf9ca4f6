import type { ReactNode } from 'react';
import Link from './Link';
import classes from './NumberLink.module.css';

/** A number that opens what it counts. */
export const NumberLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <Link href={href} prefetch={false} className={classes.number} title="Its shoppers">
    {children}
  </Link>
);
