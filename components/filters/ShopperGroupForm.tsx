'use client';

import { useState } from 'react';
import { ActionIcon, Button, Group, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { boughtKinds } from '@/lib/client/view-params';
import { shopperGroup, type ShopperGroup } from '@/lib/contract/query';
import type { Range } from '@/lib/metrics/periods';
import { MemberList } from './MemberList';
import { kinds } from './slice-kinds';
import classes from './Filters.module.css';

interface Props {
  workspace: string;
  dates: Range;
  onBack: () => void;
  onAdd: (group: ShopperGroup) => void;
}

/** Shoppers by what they bought, or did not buy, between two dates. */
export function ShopperGroupForm({ workspace, dates, onBack, onAdd }: Props) {
  const [are, setAre] = useState<ShopperGroup['are']>('buyers');
  const [kind, setKind] = useState<(typeof boughtKinds)[number]>('brand');
  const [ids, setIds] = useState<number[]>([]);
  const [{ from, to }, setDates] = useState(dates);
  const { data: group } = shopperGroup.safeParse({ are, from, to, ...(ids.length > 0 && { [kind]: ids }) });
  return (
    <div>
      <div className={classes.back}>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Back" onClick={onBack}>
          <IconArrowLeft size={15} />
        </ActionIcon>
        Shoppers who bought
      </div>
      <SegmentedControl
        fullWidth
        size="xs"
        mb={8}
        aria-label="Which shoppers"
        value={are}
        onChange={setAre}
        data={[
          { value: 'buyers', label: 'Buyers' },
          { value: 'non_buyers', label: 'Not buyers' },
        ]}
      />
      <Group gap={6} mb={8} grow wrap="nowrap">
        <TextInput
          size="xs"
          type="date"
          label="From"
          value={from}
          onChange={(event) => setDates({ from: event.currentTarget.value, to })}
        />
        <TextInput
          size="xs"
          type="date"
          label="To"
          value={to}
          onChange={(event) => setDates({ from, to: event.currentTarget.value })}
        />
      </Group>
      <Select
        size="xs"
        mb={8}
        label="Of"
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        data={boughtKinds.map((value) => ({ value, label: kinds[value].one }))}
        value={kind}
        onChange={(value) => {
          setKind(boughtKinds.find((known) => known === value) ?? 'brand');
          setIds([]);
        }}
      />
      <MemberList key={kind} workspace={workspace} kind={kind} chosen={ids} onChange={setIds} />
      <Button
        fullWidth
        mt={10}
        disabled={!group}
        onClick={() => {
          if (group) onAdd(group);
          onBack();
        }}
      >
        {ids.length > 0 ? 'Filter by these shoppers' : 'Filter by shoppers of anything'}
      </Button>
    </div>
  );
}
