'use client';

import { useState } from 'react';
import { Button, Menu, Modal } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowsDiff, IconCheck, IconChevronDown } from '@tabler/icons-react';
import type { View } from '@/lib/client/view';
import type { Comparison } from '@/lib/contract/query';
import { formatRange } from '@/lib/metrics/format-date';
import { comparisonRange } from '@/lib/metrics/comparison';
import type { Range } from '@/lib/metrics/periods';
import { dayOfWeek } from './DateRangePicker';
import classes from './Filters.module.css';

const fixed = [
  ['previous_period', 'Previous period'],
  ['previous_to_date', 'Previous period to date'],
  ['previous_year', 'Previous year'],
  ['previous_year_weekdays', 'Same weekdays a year before'],
] as const;

interface Props {
  view: View;
  data: Range;
  onChange: (comparison: Comparison) => void;
  /** Left out where no line names a store. */
  onSameStores?: ((same: boolean) => void) | undefined;
}

export function ComparisonPicker({ view, data, onChange, onSameStores }: Props) {
  const [custom, { open, close }] = useDisclosure(false);
  const [picked, setPicked] = useState<[string | null, string | null]>([null, null]);
  const name = fixed.find(([id]) => id === view.compare)?.[1];
  const previous = comparisonRange(view.range, 'previous_period', view.calendar, data.to);
  const mark = <IconCheck size={15} aria-label="chosen" />;
  return (
    <>
      <Menu position="bottom-start" width={280}>
        <Menu.Target>
          <Button
            variant="default"
            className={classes.control ?? ''}
            leftSection={<IconArrowsDiff size={15} stroke={1.7} />}
            rightSection={<IconChevronDown size={14} />}
          >
            {view.compareRange ? (
              <>
                <span className={classes.preset}>
                  vs {name ? name.toLowerCase() : 'custom'}
                  {view.sameStores && ', same stores'}
                </span>
                <span className={classes.dates}>{formatRange(view.compareRange)}</span>
              </>
            ) : (
              'No comparison'
            )}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {fixed.map(([id, label]) => {
            const range = comparisonRange(view.range, id, view.calendar, data.to);
            // Of whole periods, to date is the period before.
            const twice = id === 'previous_to_date' && JSON.stringify(range) === JSON.stringify(previous);
            if (!range || twice) return null;
            return (
              <Menu.Item key={id} onClick={() => onChange(id)} rightSection={view.compare === id ? mark : null}>
                {label}
                <div className={classes.itemNote}>
                  {formatRange(range)}
                  {range.from < data.from && ', before the data begins'}
                </div>
              </Menu.Item>
            );
          })}
          <Menu.Item onClick={open} rightSection={typeof view.compare === 'object' ? mark : null}>
            Other dates…
          </Menu.Item>
          <Menu.Item onClick={() => onChange('none')} rightSection={view.compare === 'none' ? mark : null}>
            No comparison
          </Menu.Item>
          {onSameStores && view.compareRange && (
            <>
              <Menu.Divider />
              <Menu.Item onClick={() => onSameStores(!view.sameStores)} rightSection={view.sameStores ? mark : null}>
                Only the same stores
                <div className={classes.itemNote}>that sold in every week of both</div>
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={custom} onClose={close} title="Compare with" size="auto">
        <DatePicker
          type="range"
          allowSingleDateInRange
          firstDayOfWeek={dayOfWeek(view.calendar)}
          value={picked}
          minDate={data.from}
          maxDate={data.to}
          defaultDate={view.compareRange?.from ?? data.from}
          onChange={(next) => {
            setPicked(next);
            const [from, to] = next;
            if (!from || !to) return;
            close();
            onChange({ from, to });
          }}
          ariaLabels={{ previousMonth: 'Previous month', nextMonth: 'Next month' }}
        />
      </Modal>
    </>
  );
}
