import type { CSSProperties, ReactNode } from 'react';
import classes from './Note.module.css';

interface Props {
  icon?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  minHeight?: number;
  role?: 'status' | 'alert';
}

/** A quiet message where content would be: what is the matter, and what to do. */
export function Note({ icon, title, children, action, minHeight, role }: Props) {
  const style: CSSProperties = minHeight ? { minHeight } : {};
  return (
    <div className={classes.note} style={style} role={role}>
      {icon && <span className={classes.icon}>{icon}</span>}
      <p className={classes.title}>{title}</p>
      {children && <div className={classes.text}>{children}</div>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
