import type { ReactNode } from 'react';
import { Wordmark } from '@/components/ui/Wordmark';
import classes from './Welcome.module.css';

/** A page of its own before there is a workspace. */
export const Welcome = ({ title, lead, children }: { title: string; lead: string; children: ReactNode }) => (
  <main className={classes.page}>
    <div className={classes.card}>
      <Wordmark size={24} />
      <h1 className={classes.title}>{title}</h1>
      <p className={classes.lead}>{lead}</p>
      {children}
    </div>
  </main>
);
