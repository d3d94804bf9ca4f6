import type { ReactNode } from 'react';
import classes from './PageHead.module.css';

interface Props {
  title: ReactNode;
  /** One line under the title. */
  note?: ReactNode;
  actions?: ReactNode;
  /** Under the title: filters, tabs. */
  children?: ReactNode;
}

export function PageHead({ title, note, actions, children }: Props) {
  return (
    <header className={classes.head}>
      <div className={classes.top}>
        <div className={classes.titles}>
          <h1 className={classes.title}>{title}</h1>
          {note && <div className={classes.note}>{note}</div>}
        </div>
        {actions}
      </div>
      {children}
    </header>
  );
}
