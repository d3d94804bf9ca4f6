import type { ReactNode } from 'react';
import classes from './Named.module.css';

/** What a row of a table is of: its name, and under it what tells it apart. */
export function Named({ name, children }: { name: string; children: ReactNode }) {
  return (
    <span>
      <span className={classes.name}>{name}</span>
      <span className={classes.under}>{children}</span>
    </span>
  );
}
