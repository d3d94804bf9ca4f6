'use client';

import type { ReactNode } from 'react';
import { Tooltip, UnstyledButton } from '@mantine/core';
import { useExplain } from './explain-context';
import type { Explained } from './ExplainPanel';
import classes from './MetricValue.module.css';

interface Props {
  what: Explained;
  /** What the number is and says: "Value sales: €12". */
  label: string;
  children: ReactNode;
  /** In full, where the text is short. */
  title?: string | undefined;
  /** Anything to know before it is opened. */
  tip?: string | undefined;
  className?: string | undefined;
}

/** A number that opens into its explanation. */
export function Explainable({ what, label, children, title, tip, className = '' }: Props) {
  const explain = useExplain();
  const button = (
    <UnstyledButton
      className={`${classes.value} ${className}`}
      title={title}
      aria-label={`${label}. Explain`}
      onClick={() => explain(what)}
    >
      {children}
    </UnstyledButton>
  );
  return tip ? <Tooltip label={tip}>{button}</Tooltip> : button;
}
