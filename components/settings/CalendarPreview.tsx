import { useState } from 'react';
import { formatPeriod, formatRange } from '@/lib/metrics/format-date';
import { endOf, lengthOf, periodsOf, startOf } from '@/lib/metrics/periods';
import type { Calendar } from '@/lib/metrics/calendar';
import { Panel } from '@/components/ui/Panel';
import { PlainTable } from '@/components/ui/PlainTable';

interface Props {
  calendar: Calendar;
  /** A date of the year shown; today where there is no data yet. */
  date: string | null;
}

/** The periods of a year, as the calendar cuts it. */
export function CalendarPreview({ calendar, date }: Props) {
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const day = date ?? today;
  const [year, part] = calendar.retail ? (['retail_year', 'retail_month'] as const) : (['year', 'quarter'] as const);
  const whole = { from: startOf(year, day, calendar), to: endOf(year, day, calendar) };
  const weeks = lengthOf(whole) / 7;
  const rows = periodsOf(part, whole, calendar).map((start) => {
    const range = { from: start, to: endOf(part, start, calendar) };
    const days = lengthOf(range);
    return [formatPeriod(part, start, calendar), formatRange(range), calendar.retail ? days / 7 : days];
  });
  const name = formatPeriod(year, whole.from, calendar);
  const length = calendar.retail ? `${weeks} weeks` : `${lengthOf(whole)} days`;
  return (
    <Panel title={calendar.retail ? name : `Year ${name}`} subtitle={`${formatRange(whole)}, ${length}`}>
      <PlainTable
        caption="Periods of the year"
        data={{
          columns: [
            { label: 'Period' },
            { label: 'Dates' },
            { label: calendar.retail ? 'Weeks' : 'Days', numeric: true },
          ],
          rows,
        }}
      />
    </Panel>
  );
}
