import { Loader } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconPlayerPause } from '@tabler/icons-react';
import type { ConnectorRun } from '@/lib/contract/connectors';
import classes from '@/components/imports/imports.module.css';
import connectors from './Connectors.module.css';

const states = {
  never: { label: 'Never ran', tone: 'quiet', icon: <IconCircleDashed size={13} aria-hidden /> },
  waiting: { label: 'Waiting', tone: 'busy', icon: <Loader size={11} color="currentColor" aria-hidden /> },
  running: { label: 'Running', tone: 'busy', icon: <Loader size={11} color="currentColor" aria-hidden /> },
  done: { label: 'Done', tone: 'good', icon: <IconCheck size={13} stroke={2.4} aria-hidden /> },
  interrupted: { label: 'Interrupted', tone: 'quiet', icon: <IconPlayerPause size={13} aria-hidden /> },
  failed: { label: 'Failed', tone: 'bad', icon: <IconAlertTriangle size={13} aria-hidden /> },
} as const;

/** How a run stands, by word, icon and colour. */
export function RunState({ state }: { state: ConnectorRun['state'] | 'never' | 'waiting' }) {
  const { label, tone, icon } = states[state];
  return (
    <span className={classes.badge} data-tone={tone}>
      {icon}
      {label}
    </span>
  );
}

/** How the sentence looks that a run ended with: one that was stopped, and goes on from there, is no fault. */
export const told = (state: ConnectorRun['state']): string =>
  state === 'failed' ? (connectors.fault ?? '') : `${connectors.quiet} ${connectors.block}`;
