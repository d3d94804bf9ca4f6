import type { Grain } from '@/lib/metrics/calendar';
import { isEven, pairPeriods, seenOf, WEEKDAY_YEAR } from '@/lib/metrics/comparison';
import { addDays, within, type Range } from '@/lib/metrics/periods';
import type { Cut } from './cut';
import { heldBy } from './facts';
import type { Resolved } from './resolve';

// What of the comparison stands beside a row, and whether the same part of both is in the data.

export interface Pair {
  /** The period that the comparison's leaves are found under. */
  period: string | null;
  /** Otherwise no change is given: a part would be compared with a whole. */
  even: boolean;
}

type Dates = Pick<Resolved, 'spec' | 'range' | 'before' | 'toDate' | 'facts'>;

/** How a row's period finds what it is compared with; null where nothing is compared, or there is no data to compare with. */
export function pairing(dates: Dates, grain: Grain | null): (period: string | null) => Pair | null {
  const { spec, range, before, facts } = dates;
  const { calendar } = facts;
  const held = heldBy(facts);
  if (!before) return () => null;
  if (!grain) {
    const even = isEvenWhole(dates);
    return () => ({ period: null, even });
  }
  const [now, then] = held ? [within(range, held), within(before, held)] : [null, null];
  if (!now || !then) return () => null;
  if (spec.compare === 'previous_year_weekdays') {
    return (period) => {
      const mine = period === null ? null : seenOf(grain, period, now, calendar);
      if (!mine) return null;
      const earlier = { from: addDays(mine.seen.from, -WEEKDAY_YEAR), to: addDays(mine.seen.to, -WEEKDAY_YEAR) };
      return within(earlier, then) && { period, even: isInside(earlier, then) };
    };
  }
  const pairs = pairPeriods(grain, range, before, spec.compare, calendar);
  return (period) => {
    const paired = period === null ? undefined : pairs.get(period);
    const other = paired === undefined ? null : seenOf(grain, paired, then, calendar);
    const mine = period === null ? null : seenOf(grain, period, now, calendar);
    return mine && other && { period: other.start, even: isEven(grain, mine, other) };
  };
}

const isInside = (inner: Range, outer: Range): boolean => inner.from >= outer.from && inner.to <= outer.to;

/**
 * Both ranges lie within the data; one that is not over yet, as far as it is compared. Who names the dates to compare with
 * is given the change, and told what the data lacks of them.
 */
export function isEvenWhole({ spec, range, before, toDate, facts }: Dates): boolean {
  const held = heldBy(facts);
  if (!held || !before) return false;
  if (typeof spec.compare === 'object') return true;
  return isInside({ from: range.from, to: toDate ?? range.to }, held) && isInside(before, held);
}

const moved = new WeakMap<Cut, Cut>();

/** The cut over the comparison's dates: by weekdays, its days count to the periods that they are compared with. */
export function earlierCut(cut: Cut, { spec }: Pick<Resolved, 'spec'>): Cut {
  if (spec.compare !== 'previous_year_weekdays' || cut.grain === null) return cut;
  const earlier = moved.get(cut) ?? { ...cut, daysOn: WEEKDAY_YEAR };
  moved.set(cut, earlier);
  return earlier;
}
