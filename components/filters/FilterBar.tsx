'use client';

import { Button, Drawer, Popover, Select, Skeleton } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconFilter } from '@tabler/icons-react';
import { offeredGrains } from '@/lib/client/view';
import { grains } from '@/lib/contract/query';
import { grainName } from '@/lib/metrics/format-date';
import { ComparisonPicker } from './ComparisonPicker';
import { DateRangePicker } from './DateRangePicker';
import { SliceChips } from './SliceChips';
import { SliceChooser } from './SliceChooser';
import { useView } from './use-view';
import classes from './Filters.module.css';

/** Dates, comparison and slice of the page. All of it stands in the address. */
export function FilterBar({
  withGrain = true,
  withComparison = true,
}: {
  withGrain?: boolean;
  withComparison?: boolean;
}) {
  const { workspace, detail, view, params, change } = useView();
  const [opened, { toggle, close }] = useDisclosure(false);
  const narrow = useMediaQuery('(max-width: 48em)') ?? false;
  if (!detail) return <Skeleton height={30} width={420} maw="100%" />;
  if (!view || !detail.from || !detail.to) return null;
  const data = { from: detail.from, to: detail.to };
  const dates = view.compareRange ?? view.range;
  const chooser = <SliceChooser workspace={workspace} detail={detail} dates={dates} params={params} change={change} />;
  const button = (
    <Button
      variant="default"
      className={classes.control ?? ''}
      leftSection={<IconFilter size={15} stroke={1.7} />}
      onClick={toggle}
    >
      Filter
    </Button>
  );
  return (
    <div className={classes.bar} role="group" aria-label="Dates and filters">
      <DateRangePicker
        view={view}
        data={data}
        onPreset={(period) => change({ period, from: null, to: null, grain: null })}
        onRange={({ from, to }) => change({ period: null, from, to, grain: null })}
      />
      {withComparison && (
        <ComparisonPicker
          view={view}
          data={data}
          onChange={(compare) => change({ compare })}
          onSameStores={detail.has.stores ? (same) => change({ stores: same ? 'same' : null }) : undefined}
        />
      )}
      {withGrain && (
        <Select
          size="xs"
          w={view.calendar.retail ? 150 : 118}
          aria-label="Periods"
          allowDeselect={false}
          comboboxProps={{ shadow: 'md' }}
          data={offeredGrains(view.range, detail.grain, view.calendar).map((grain) => ({
            value: grain,
            label: `By ${grainName(grain)}`,
          }))}
          value={view.grain}
          onChange={(value) => change({ grain: grains.find((grain) => grain === value) ?? null })}
        />
      )}
      {narrow ? (
        <>
          {button}
          <Drawer
            opened={opened}
            onClose={close}
            position="bottom"
            size="75%"
            title="Filter"
            closeButtonProps={{ 'aria-label': 'Close' }}
          >
            {chooser}
          </Drawer>
        </>
      ) : (
        <Popover
          opened={opened}
          onChange={(next) => !next && close()}
          position="bottom-start"
          width={280}
          trapFocus
          returnFocus
        >
          <Popover.Target>{button}</Popover.Target>
          <Popover.Dropdown p={10} aria-label="Filter">
            {chooser}
          </Popover.Dropdown>
        </Popover>
      )}
      <SliceChips workspace={workspace} params={params} change={change} />
    </div>
  );
}
