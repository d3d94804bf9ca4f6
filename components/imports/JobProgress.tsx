'use client';

import { Progress } from '@mantine/core';
import { stageOf, type Job } from './states';
import classes from './imports.module.css';

/** How far a running job is. */
export function JobProgress({ item, label }: { item: Job; label?: string }) {
  const { text, percent } = stageOf(item);
  return (
    <div className={classes.job}>
      <Progress
        value={percent ?? 100}
        size="sm"
        radius="xl"
        striped={percent === null}
        animated={percent === null && item.state !== 'paused'}
        aria-label={label ?? text}
      />
      <span className={classes.jobText} role="status">
        {text}
      </span>
    </div>
  );
}
