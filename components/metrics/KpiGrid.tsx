import type { ReactNode } from 'react';
import classes from './KpiTile.module.css';

/** Tiles side by side: four, or two where it is narrow. */
export function KpiGrid({ children }: { children: ReactNode }) {
  return <div className={classes.grid}>{children}</div>;
}
