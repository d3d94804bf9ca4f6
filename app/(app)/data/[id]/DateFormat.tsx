'use client';

import { Select, TextInput } from '@mantine/core';
import { countText, isCount } from './count';
import type { DraftState } from './draft';

const groups = [
  { group: 'As a rule', items: [{ value: 'auto', label: 'As the whole column shows' }] },
  {
    group: 'Written out',
    items: [
      { value: 'YYYY-MM-DD', label: '2024-01-31' },
      { value: 'YYYY-MM-DD HH:mm', label: '2024-01-31 18:45' },
      { value: 'DD/MM/YYYY', label: '31/01/2024: day first' },
      { value: 'MM/DD/YYYY', label: '01/31/2024: month first' },
      { value: 'DD.MM.YYYY', label: '31.01.2024' },
      { value: 'DD-MMM-YY', label: '31-Jan-24' },
      { value: 'YYYYMMDD', label: '20240131' },
      { value: 'pattern', label: 'Another pattern …' },
    ],
  },
  {
    group: 'Numbers',
    items: [
      { value: 'count', label: 'Days or weeks, numbered …' },
      { value: 'year-week', label: 'Year and week: 202405' },
      { value: 'excel', label: 'Days as Excel counts: 45322' },
      { value: 'epoch', label: 'Seconds since 1970' },
      { value: 'epoch-ms', label: 'Milliseconds since 1970' },
    ],
  },
];
const known = new Set(groups.flatMap(({ items }) => items.map(({ value }) => value)));

/** How the dates of the file are written. What a count needs to be told stands beside the date's column. */
export function DateFormat({ draft: { mapping, change, faults } }: { draft: DraftState }) {
  const { dateFormat } = mapping;
  const isOther = !isCount(dateFormat) && !known.has(dateFormat);
  const choose = (value: string | null) => {
    const unit = mapping.grain === 'week' ? 'week' : 'day';
    if (value === 'count') change({ dateFormat: countText({ unit, number: '1', day: '' }) });
    else if (value !== null) change({ dateFormat: value === 'pattern' ? 'D/M/YY' : value });
  };
  return (
    <div>
      <Select
        label="Dates are written"
        data={groups}
        value={isCount(dateFormat) ? 'count' : isOther ? 'pattern' : dateFormat}
        allowDeselect={false}
        onChange={choose}
        maxDropdownHeight={340}
        comboboxProps={{ shadow: 'md' }}
      />
      {isOther && (
        <TextInput
          aria-label="Pattern of the dates"
          description="YYYY, MM, DD, HH, mm; MMM where the month is a name"
          mt={4}
          maxLength={40}
          value={dateFormat}
          error={faults.get('dateFormat')}
          onChange={({ currentTarget }) => change({ dateFormat: currentTarget.value })}
        />
      )}
    </div>
  );
}
