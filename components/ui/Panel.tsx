import type { ReactNode, Ref } from 'react';
import classes from './Panel.module.css';

interface Props {
  title: ReactNode;
  subtitle?: ReactNode;
  /** Right of the title. */
  actions?: ReactNode;
  children: ReactNode;
  ref?: Ref<HTMLElement>;
  /** What the section is called where the title is not text. */
  label?: string | undefined;
}

/** A titled section of a page. */
export function Panel({ title, subtitle, actions, children, ref, label }: Props) {
  const name = label ?? (typeof title === 'string' ? title : undefined);
  return (
    <section ref={ref} className={classes.panel} aria-label={name}>
      <div className={classes.head}>
        <div className={classes.titles}>
          <h2 className={classes.title}>{title}</h2>
          {subtitle && <p className={classes.subtitle}>{subtitle}</p>}
        </div>
        {actions}
      </div>
      <div className={classes.body}>{children}</div>
    </section>
  );
}
