import { metricOf, type MetricId } from '@/lib/metrics/catalog';
import { formatChange, none } from '@/lib/metrics/format';
import classes from './Change.module.css';

interface Props {
  metric: MetricId;
  value: number | null | undefined;
}

/** A change with its arrow; green or red only where the metric has a good direction. */
export function Change({ metric, value }: Props) {
  const text = formatChange(metric, value);
  if (text === none || value === null || value === undefined) return <span className={classes.change}>{none}</span>;
  const { better } = metricOf(metric);
  // What rounds to zero is no change.
  const direction = /[1-9]/.test(text) ? Math.sign(value) : 0;
  const good = better === 'neither' || direction === 0 ? undefined : direction > 0 === (better === 'higher');
  const arrow = direction === 0 ? '→' : direction > 0 ? '↑' : '↓';
  return (
    <span className={classes.change} data-good={good}>
      <span aria-hidden>{arrow}</span> {text}
    </span>
  );
}
