import type { ReactNode } from 'react';
import classes from './PageHead.module.css';

/** The column that a page's content stands in. */
export function Page({ children }: { children: ReactNode }) {
  return <div className={classes.page}>{children}</div>;
}

/** Twelve columns where it is wide, one under the other where it is not. */
export function Columns({ children }: { children: ReactNode }) {
  return <div className={classes.columns}>{children}</div>;
}

export function Cell({ span = 12, children }: { span?: 5 | 6 | 7 | 12; children: ReactNode }) {
  return (
    <div className={classes.cell} data-span={span}>
      {children}
    </div>
  );
}
