import type { ReactNode } from 'react';
import { Wordmark } from './Wordmark';

interface Props {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

/** A page of its own for what went wrong. */
export function ErrorPage({ title, children, action }: Props) {
  return (
    <main style={{ display: 'grid', placeItems: 'center', minHeight: '80vh', padding: 24 }}>
      <div style={{ maxWidth: 460 }}>
        <Wordmark size={26} />
        <h1 style={{ margin: '24px 0 6px', fontSize: '1.375rem', letterSpacing: '-0.02em' }}>{title}</h1>
        <div style={{ color: 'var(--ink-3)', marginBottom: 18 }}>{children}</div>
        {action}
      </div>
    </main>
  );
}
