'use client';

import { useState } from 'react';
import { Select } from '@mantine/core';
import { call } from '@/lib/client/call';
import { updateCalendar, type WorkspaceDetail } from '@/lib/contract/workspaces';
import { retailPatterns, type Calendar } from '@/lib/metrics/calendar';
import { Cell, Columns } from '@/components/ui/Page';
import { Panel } from '@/components/ui/Panel';
import { CalendarPreview } from './CalendarPreview';
import { SaveOrUndo } from './SaveOrUndo';
import { useChange } from './use-change';
import classes from './settings.module.css';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const months = [
  ...(['January', 'February', 'March', 'April', 'May', 'June'] as const),
  ...(['July', 'August', 'September', 'October', 'November', 'December'] as const),
];
const numbered = (names: readonly string[]) => names.map((label, index) => ({ value: String(index + 1), label }));
const none = 'none';

/** What weeks, quarters and years are. Admins change it; everybody may read it. */
export function CalendarForm({ detail }: { detail: WorkspaceDetail }) {
  const saved = detail.meta.calendar;
  const [calendar, setCalendar] = useState<Calendar>(saved);
  const admin = detail.role === 'admin';
  const { mutate, isPending, error } = useChange(detail.slug, () =>
    call(updateCalendar, { query: { workspace: detail.slug }, body: calendar }),
  );
  const { weekStart, fiscalYearStart, retail } = calendar;
  const change = (part: Partial<Calendar>) => setCalendar({ ...calendar, ...part });
  const lastDay = weekdays[(weekStart + 5) % 7];
  const lastMonth = months[(fiscalYearStart + 10) % 12];
  const common = { allowDeselect: false, disabled: !admin } as const;
  return (
    <Columns>
      <Cell span={5}>
        <Panel
          title="Calendar"
          subtitle={admin ? 'What weeks, quarters and years are' : 'Only admins of the workspace change it'}
        >
          <form
            className={classes.form}
            aria-label="Calendar"
            onSubmit={(event) => {
              event.preventDefault();
              mutate();
            }}
          >
            <Select
              {...common}
              label="Weeks start on"
              data={numbered(weekdays)}
              value={String(weekStart)}
              onChange={(day) => change({ weekStart: Number(day) })}
            />
            <Select
              {...common}
              label="The fiscal year starts in"
              description="Quarters and years count from the first of this month"
              data={numbered(months)}
              value={String(fiscalYearStart)}
              onChange={(month) => change({ fiscalYearStart: Number(month) })}
            />
            <Select
              {...common}
              label="Retail calendar"
              description="Years of 52 or 53 whole weeks, beside the calendar’s months"
              data={[
                { value: none, label: 'None' },
                ...retailPatterns.map((value) => ({ value, label: `${value} weeks` })),
              ]}
              value={retail?.pattern ?? none}
              onChange={(value) => {
                const pattern = retailPatterns.find((known) => known === value);
                change({ retail: pattern ? { pattern, yearEnd: retail?.yearEnd ?? 'last' } : null });
              }}
            />
            {retail && (
              <Select
                {...common}
                label="The retail year ends on"
                description="A 53rd week belongs to the last month"
                data={[
                  { value: 'last', label: `the last ${lastDay} of ${lastMonth}` },
                  { value: 'nearest', label: `the ${lastDay} nearest to the end of ${lastMonth}` },
                ]}
                value={retail.yearEnd}
                onChange={(value) =>
                  change({ retail: { ...retail, yearEnd: value === 'nearest' ? 'nearest' : 'last' } })
                }
              />
            )}
            <SaveOrUndo
              admin={admin}
              changed={JSON.stringify(calendar) !== JSON.stringify(saved)}
              pending={isPending}
              error={error}
              undo={() => setCalendar(saved)}
            />
          </form>
        </Panel>
      </Cell>
      <Cell span={7}>
        <CalendarPreview calendar={calendar} date={detail.to} />
      </Cell>
    </Columns>
  );
}
