'use client';

import { useState } from 'react';
import { ActionIcon, Button, Checkbox, Popover, SegmentedControl, Select, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconColumns3, IconDownload, IconSearch } from '@tabler/icons-react';
import { columns, metricsOf, shownColumns, standardColumns } from '@/components/brands/columns';
import { leagueCsv } from '@/components/brands/league-csv';
import { saveCsv } from '@/components/charts/save';
import { readAll } from '@/lib/client/read-all';
import type { QueryInput } from '@/lib/contract/query';
import { pageSizes, type LeagueParams } from './queries';
import classes from './Brands.module.css';

interface Props {
  workspace: string;
  params: LeagueParams;
  change: (next: Partial<LeagueParams>) => void;
  question: QueryInput;
  compared: boolean;
}

function Search({ value, onChange, label }: { value: string; onChange: (value: string) => void; label: string }) {
  const [text, setText] = useState(value);
  const [sent, setSent] = useState(value);
  const [known, setKnown] = useState(value);
  // Going back in the browser changes the search from outside; what comes back of one's own typing is let be.
  if (value !== known) {
    setKnown(value);
    if (value !== sent) {
      setSent(value);
      setText(value);
    }
  }
  const send = useDebouncedCallback((next: string) => {
    setSent(next);
    onChange(next);
  }, 250);
  return (
    <TextInput
      size="xs"
      className={classes.search ?? ''}
      type="search"
      placeholder={label}
      aria-label={label}
      leftSection={<IconSearch size={14} />}
      value={text}
      maxLength={100}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        send(currentTarget.value);
      }}
    />
  );
}

function ColumnChooser({ params, change, compared }: Pick<Props, 'params' | 'change' | 'compared'>) {
  return (
    <Popover position="bottom-end" width={230} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label="Columns">
          <ActionIcon variant="default" size={30} aria-label="Columns">
            <IconColumns3 size={15} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={10} aria-label="Columns">
        <div className={classes.choices}>
          {columns.map(({ id, label, change: isChange }) => (
            <Checkbox
              key={id}
              size="xs"
              label={label}
              disabled={isChange && !compared}
              checked={params.columns.includes(id)}
              onChange={({ currentTarget }) => {
                const next = currentTarget.checked
                  ? [...params.columns, id]
                  : params.columns.filter((other) => other !== id);
                // One column at least: an empty list would mean the standard ones.
                if (next.length > 0)
                  change({ columns: columns.map((one) => one.id).filter((one) => next.includes(one)) });
              }}
            />
          ))}
        </div>
        <Button mt={10} variant="default" fullWidth onClick={() => change({ columns: [...standardColumns] })}>
          Standard columns
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

export function LeagueTools({ workspace, params, change, question, compared }: Props) {
  const [saving, setSaving] = useState(false);
  const isBrand = params.by === 'brand';
  const exportAll = async () => {
    setSaving(true);
    try {
      const all = await readAll(workspace, question);
      const metrics = metricsOf(shownColumns(params.columns, compared));
      const title = `${params.by}s ${all.meta.range.from} to ${all.meta.range.to}`;
      saveCsv(title, leagueCsv(all, metrics, isBrand ? 'Brand' : 'Manufacturer'));
    } catch (error) {
      notifications.show({
        color: 'red',
        title: 'The table could not be exported',
        message: error instanceof Error ? error.message : 'Try again.',
      });
    } finally {
      setSaving(false);
    }
  };
  return (
    <div className={classes.tools}>
      <Search
        value={params.q}
        label={isBrand ? 'Find a brand' : 'Find a manufacturer'}
        onChange={(q) => change({ q })}
      />
      <SegmentedControl
        size="xs"
        aria-label="Rows"
        data={[
          { value: 'brand', label: 'Brands' },
          { value: 'manufacturer', label: 'Manufacturers' },
        ]}
        value={params.by}
        onChange={(by) => change({ by: by === 'manufacturer' ? 'manufacturer' : 'brand', q: '' })}
      />
      <Select
        size="xs"
        w={196}
        aria-label="Shares are shares of"
        allowDeselect={false}
        data={[
          { value: 'sold', label: 'Share of own categories' },
          { value: 'slice', label: 'Share of everything' },
        ]}
        value={params.market ?? (question.filters?.category ? 'slice' : 'sold')}
        onChange={(value) => change({ market: value === 'slice' ? 'slice' : 'sold' })}
      />
      <Select
        size="xs"
        w={92}
        aria-label="Rows a page"
        allowDeselect={false}
        data={pageSizes.map((size) => ({ value: String(size), label: `${size} rows` }))}
        value={String(params.size)}
        onChange={(value) => change({ size: pageSizes.find((size) => String(size) === value) ?? 25 })}
      />
      <ColumnChooser params={params} change={change} compared={compared} />
      <Button
        variant="default"
        leftSection={<IconDownload size={15} stroke={1.7} />}
        loading={saving}
        onClick={() => void exportAll()}
      >
        CSV
      </Button>
    </div>
  );
}
