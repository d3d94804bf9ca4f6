import type { Clock } from '@/lib/contract/clock';
import { addDays } from '@/lib/metrics/periods';
import type { Moment } from './date';

const ZONE = /(?:(Z|UTC|GMT)|([+-])(\d{2}):?(\d{2}))$/i;
const MINUTE = 60_000;
/** Offsets change at full quarters of an hour, all over the world and since 1970. */
const STEP = 15 * MINUTE;
const MOST = 50_000;

/** Minutes that a time is ahead of UTC, where its text says so. */
export function zoneOf(text: string): number | null {
  const parts = ZONE.exec(text.trim());
  if (!parts) return null;
  if (parts[1]) return 0;
  return (parts[2] === '-' ? -1 : 1) * (Number(parts[3]) * 60 + Number(parts[4]));
}

/** What a reading makes of a moment: its day and time of day in the workspace, and whether the day is another than it says. */
export interface Told extends Moment {
  zoned: boolean;
  before: boolean;
}

/** Puts moments into the workspace's time zone, where they say their own, and into its business days. */
export function clockReader({ timeZone, dayStart }: Clock): (moment: Moment, ahead: number | null) => Told {
  const offsetAt = timeZone === null ? null : offsetReader(timeZone);
  return (moment, ahead) => {
    if (moment.time === null) return { ...moment, zoned: false, before: false };
    let { date, time } = moment;
    if (offsetAt && ahead !== null) {
      const instant = Date.parse(`${date}T${time}Z`) - ahead * MINUTE;
      const here = new Date(instant + offsetAt(instant)).toISOString();
      [date, time] = [here.slice(0, 10), here.slice(11, 19)];
    }
    const zoned = date !== moment.date;
    const before = Number(time.slice(0, 2)) < dayStart;
    return { date: before ? addDays(date, -1) : date, time, zoned, before };
  };
}

/** Milliseconds that the zone is ahead of UTC at an instant. Lines lie close together in time, so answers are remembered. */
function offsetReader(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    ...({ year: 'numeric', month: 'numeric', day: 'numeric' } as const),
    ...({ hour: 'numeric', minute: 'numeric', second: 'numeric' } as const),
  });
  const seen = new Map<number, number>();
  return (instant) => {
    const step = Math.floor(instant / STEP);
    const known = seen.get(step);
    if (known !== undefined) return known;
    const parts = Object.fromEntries(format.formatToParts(step * STEP).map(({ type, value }) => [type, Number(value)]));
    const [year = 0, month = 1, day = 1] = [parts['year'], parts['month'], parts['day']];
    const local = Date.UTC(year, month - 1, day, parts['hour'], parts['minute'], parts['second']);
    if (seen.size >= MOST) seen.clear();
    seen.set(step, local - step * STEP);
    return local - step * STEP;
  };
}
