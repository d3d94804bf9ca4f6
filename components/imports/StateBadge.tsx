'use client';

import { Loader, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconPointFilled } from '@tabler/icons-react';
import type { ImportSummary } from '@/lib/contract/imports';
import { states } from './states';
import classes from './imports.module.css';

const icons = {
  quiet: <IconCircleDashed size={13} aria-hidden />,
  busy: <Loader size={11} color="currentColor" aria-hidden />,
  ready: <IconPointFilled size={13} aria-hidden />,
  good: <IconCheck size={13} stroke={2.4} aria-hidden />,
  bad: <IconAlertTriangle size={13} aria-hidden />,
};

/** The state of an import by word, icon and colour. */
export function StateBadge({ state }: { state: ImportSummary['state'] }) {
  const { label, tone, meaning } = states[state];
  return (
    <Tooltip label={meaning}>
      <span className={classes.badge} data-tone={tone} data-state={state}>
        {icons[tone]}
        {label}
      </span>
    </Tooltip>
  );
}
