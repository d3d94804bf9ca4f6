import { IconClock, IconRefresh } from '@tabler/icons-react';
import { formatAge } from '@/lib/metrics/format-date';
import classes from './ChartFrame.module.css';

interface Props {
  why: 'updating' | 'refreshing' | 'down';
  ageSeconds: number;
}

/** Data that is not the newest says so, quietly. A mere change of view is seen by the fading alone. */
export function StaleNote({ why, ageSeconds }: Props) {
  if (why === 'updating') return null;
  return (
    <div className={classes.stale} data-why={why} role="status">
      {why === 'down' ? <IconClock size={13} aria-hidden /> : <IconRefresh size={13} aria-hidden />}
      {why === 'down'
        ? `Numbers of ${formatAge(ageSeconds)} ago: newer ones cannot be read right now.`
        : `Numbers of ${formatAge(ageSeconds)} ago; newer ones are on their way.`}
    </div>
  );
}
