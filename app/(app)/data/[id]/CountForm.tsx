'use client';

import { NumberInput, Select, TextInput } from '@mantine/core';
import { countFault } from '@/lib/mapping/mapping-faults';
import { countOf, countText, isCount, type Count } from './count';
import type { DraftState } from './draft';
import classes from './wizard.module.css';

const units = [
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
] as const;

/** Where dates are numbers that count days or weeks: on which day the count begins. */
export function CountForm({ draft, tried }: { draft: DraftState; tried: boolean }) {
  const { mapping, change, columns } = draft;
  if (!isCount(mapping.dateFormat) && countFault(mapping, columns) === null) return null;
  const count = countOf(mapping.dateFormat) ?? {
    unit: mapping.grain === 'week' ? 'week' : 'day',
    number: '1',
    day: '',
  };
  const set = (next: Partial<Count>) => change({ dateFormat: countText({ ...count, ...next }) });
  return (
    <fieldset className={classes.counting}>
      <legend className={classes.fieldHint}>
        These are numbers. Say when they begin; where only their order is known, any day will do.
      </legend>
      <Select
        aria-label="What is numbered"
        data={[...units]}
        value={count.unit}
        allowDeselect={false}
        onChange={(unit) => set({ unit: unit === 'week' ? 'week' : 'day' })}
        comboboxProps={{ shadow: 'md' }}
      />
      <NumberInput
        aria-label="Number of that day or week"
        value={count.number === '' ? '' : Number(count.number)}
        min={0}
        max={99_999}
        allowDecimal={false}
        hideControls
        onChange={(number) => set({ number: String(number) })}
      />
      <span className={classes.fieldHint}>{count.unit === 'week' ? 'begins on' : 'is'}</span>
      <TextInput
        aria-label="Its date"
        type="date"
        value={count.day}
        error={tried && count.day === '' && 'A date is required'}
        onChange={({ currentTarget }) => set({ day: currentTarget.value })}
      />
    </fieldset>
  );
}
