'use client';

import { useState } from 'react';
import { Button, Popover, UnstyledButton } from '@mantine/core';
import { DatePicker, type DayOfWeek } from '@mantine/dates';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconCalendar, IconChevronDown } from '@tabler/icons-react';
import { offeredPresets, presetRange, type View } from '@/lib/client/view';
import type { Preset } from '@/lib/client/view-params';
import type { Calendar } from '@/lib/metrics/calendar';
import { formatDate, formatRange } from '@/lib/metrics/format-date';
import { within, type Range } from '@/lib/metrics/periods';
import classes from './Filters.module.css';

export const presetLabels: Record<Preset, string> = {
  last_4_weeks: 'Last 4 weeks',
  last_12_weeks: 'Last 12 weeks',
  last_52_weeks: 'Last 52 weeks',
  last_week: 'Last whole week',
  last_month: 'Last whole month',
  last_quarter: 'Last whole quarter',
  last_retail_month: 'Last retail month',
  last_12_months: 'Last 12 months',
  year_to_date: 'Year to date',
  fiscal_year_to_date: 'Fiscal year to date',
  retail_year_to_date: 'Retail year to date',
  all: 'All data',
};

/** As the calendar counts them: 0 is Sunday. */
export const dayOfWeek = ({ weekStart }: Calendar): DayOfWeek => (weekStart % 7) as DayOfWeek;

interface Props {
  view: View;
  /** First and last date with data. */
  data: Range;
  onPreset: (preset: Preset) => void;
  onRange: (range: Range) => void;
}

/** Dates: a preset counted back from the newest date, or any range from the calendar. */
export function DateRangePicker({ view, data, onPreset, onRange }: Props) {
  const [opened, { close, toggle }] = useDisclosure(false);
  const narrow = useMediaQuery('(max-width: 48em)');
  const [picked, setPicked] = useState<[string | null, string | null]>([view.range.from, view.range.to]);
  const pick = (next: [string | null, string | null]) => {
    setPicked(next);
    const [from, to] = next;
    if (!from || !to) return;
    close();
    onRange({ from, to });
  };
  return (
    <Popover
      opened={opened}
      onChange={(next) => !next && close()}
      position="bottom-start"
      trapFocus
      returnFocus
      onOpen={() => setPicked([view.range.from, view.range.to])}
    >
      <Popover.Target>
        <Button
          variant="default"
          className={classes.control ?? ''}
          onClick={toggle}
          leftSection={<IconCalendar size={15} stroke={1.7} />}
          rightSection={<IconChevronDown size={14} />}
        >
          {view.preset !== 'custom' && <span className={classes.preset}>{presetLabels[view.preset]}</span>}
          <span className={view.preset === 'custom' ? undefined : classes.dates}>{formatRange(view.range)}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label="Choose dates">
        <div className={classes.picker}>
          <ul className={classes.presets}>
            {offeredPresets(view.calendar).map((preset) => {
              const range = within(presetRange(preset, data, view.calendar), data);
              return (
                <li key={preset}>
                  <UnstyledButton
                    className={classes.presetButton}
                    aria-pressed={view.preset === preset}
                    disabled={!range}
                    onClick={() => {
                      close();
                      onPreset(preset);
                    }}
                  >
                    {presetLabels[preset]}
                  </UnstyledButton>
                </li>
              );
            })}
          </ul>
          <div className={classes.calendar}>
            <DatePicker
              type="range"
              size="xs"
              allowSingleDateInRange
              firstDayOfWeek={dayOfWeek(view.calendar)}
              numberOfColumns={narrow ? 1 : 2}
              defaultDate={narrow ? view.range.to : view.range.from}
              minDate={data.from}
              maxDate={data.to}
              value={picked}
              onChange={pick}
              ariaLabels={{ previousMonth: 'Previous month', nextMonth: 'Next month' }}
            />
            <p className={classes.hint}>
              Data from {formatDate(data.from)} to {formatDate(data.to)}. Presets count back from the newest date.
            </p>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
