'use client';

import { useState } from 'react';
import { Select } from '@mantine/core';
import { Panel } from '@/components/ui/Panel';
import { call } from '@/lib/client/call';
import type { Clock } from '@/lib/contract/clock';
import { updateCalendar, type WorkspaceDetail } from '@/lib/contract/workspaces';
import { SaveOrUndo } from './SaveOrUndo';
import { useChange } from './use-change';
import classes from './settings.module.css';

const asWritten = 'none';
const hours = Array.from({ length: 13 }, (_, hour) => ({
  value: String(hour),
  label: hour === 0 ? 'Midnight' : `${String(hour).padStart(2, '0')}:00`,
}));

/** Zones as the browser lists them, with the one that is set and UTC, which some lists leave out. */
const zonesWith = (set: string | null): string[] =>
  [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', ...(set === null ? [] : [set])])].sort();

/** Which day and time of day a time stamp is. Admins change it; everybody may read it. */
export function ClockForm({ detail }: { detail: WorkspaceDetail }) {
  const saved = detail.clock;
  const [clock, setClock] = useState<Clock>(saved);
  const admin = detail.role === 'admin';
  const { mutate, isPending, error } = useChange(detail.slug, () =>
    call(updateCalendar, { query: { workspace: detail.slug }, body: clock }),
  );
  const common = { allowDeselect: false, disabled: !admin } as const;
  return (
    <Panel
      title="Days"
      subtitle="How time stamps are read in files checked from now on. Published lines keep the day that they were read with: to change it, revert their file and check it again."
    >
      <form
        className={`${classes.form} ${classes.pair}`}
        aria-label="Days"
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
      >
        <Select
          {...common}
          searchable
          label="Time zone"
          description="Times that say their own zone, such as 23:30Z, are turned into it"
          data={[
            { value: asWritten, label: 'None: times as they are written' },
            ...zonesWith(saved.timeZone).map((zone) => ({ value: zone, label: zone })),
          ]}
          value={clock.timeZone ?? asWritten}
          onChange={(zone) => setClock({ ...clock, timeZone: zone === asWritten ? null : zone })}
        />
        <Select
          {...common}
          label="A business day starts at"
          description="What is sold earlier in the night belongs to the day before"
          data={hours}
          value={String(clock.dayStart)}
          onChange={(hour) => setClock({ ...clock, dayStart: Number(hour) })}
        />
        <SaveOrUndo
          admin={admin}
          changed={JSON.stringify(clock) !== JSON.stringify(saved)}
          pending={isPending}
          error={error}
          undo={() => setClock(saved)}
        />
      </form>
    </Panel>
  );
}
