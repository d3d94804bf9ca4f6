import { useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import classes from './Chart.module.css';

interface Props {
  /** The points in the order that they stand in, evenly spread. */
  points: readonly { period: string }[];
  /** Pixels left and right of them, such as the axis. */
  room: { left: number; right: number };
  /** What is chosen among: "Value sales by week". */
  label: string;
  /** What a point says: "Week 14 Jul: €12". */
  says: (at: number) => string;
  onPoint: (period: string) => void;
  /** The chart, with what shows the tip of the point that the keys are at. */
  children: (tip: { active?: true; defaultIndex?: number }) => ReactNode;
}

const steps: Record<string, (at: number, last: number) => number> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  Home: () => 0,
  End: (_, last) => last,
};

/** Points that open: by mouse and finger where they are pressed, by keys where the arrows lead. */
export function OpenPoints({ points, room, label, says, onPoint, children }: Props) {
  const last = points.length - 1;
  const [at, setAt] = useState<number | null>(null);
  const chosen = Math.min(at ?? last, last);
  const press = ({ clientX, currentTarget }: MouseEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const part = (clientX - left - room.left) / (width - room.left - room.right);
    const point = points[Math.min(last, Math.max(0, Math.round(part * last)))];
    if (point) onPoint(point.period);
  };
  const move = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (!step && event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    const point = points[chosen];
    if (step) setAt(Math.min(last, Math.max(0, at === null ? step(last, last) : step(chosen, last))));
    else if (point) onPoint(point.period);
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      className={classes.opens}
      aria-label={`${label}: arrows choose a point, Enter opens it`}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, last)}
      aria-valuenow={Math.max(0, chosen)}
      aria-valuetext={last < 0 ? '' : says(chosen)}
      onClick={press}
      onKeyDown={move}
      // A press focuses too: the tip then follows the pointer alone.
      onFocus={({ currentTarget }) => setAt(currentTarget.matches(':focus-visible') ? last : null)}
      onBlur={() => setAt(null)}
    >
      {children(at === null ? {} : { active: true, defaultIndex: chosen })}
    </div>
  );
}
