'use client';

import { Checkbox, Select } from '@mantine/core';
import type { Mapping } from '@/lib/contract/imports';
import { fieldsGiven } from '@/lib/mapping/made';
import { Panel } from '@/components/ui/Panel';
import { DateFormat } from './DateFormat';
import type { DraftState } from './draft';
import classes from './wizard.module.css';

interface Choice<T extends string> {
  value: T;
  label: string;
}

const grains: Choice<Mapping['grain']>[] = [
  { value: 'receipt', label: 'Receipts' },
  { value: 'day', label: 'Days, added up' },
  { value: 'week', label: 'Weeks, added up' },
];
const decimals: Choice<Mapping['decimal']>[] = [
  { value: '.', label: 'Point: 1,234.50' },
  { value: ',', label: 'Comma: 1.234,50' },
];
const negatives: Choice<Mapping['negatives']>[] = [
  { value: 'reject', label: 'A fault: reject the row' },
  { value: 'returns', label: 'A return: take it off sales' },
];
const amounts: Choice<Mapping['amountFrom']>[] = [
  { value: 'amount', label: 'The amount column' },
  { value: 'unit_price', label: 'Unit price × units' },
];

function Choose<T extends string>(props: {
  label: string;
  description?: string;
  choices: Choice<T>[];
  value: T;
  onPick: (value: T) => void;
}) {
  const { label, description, choices, value, onPick } = props;
  return (
    <Select
      label={label}
      description={description}
      data={choices}
      value={value}
      allowDeselect={false}
      onChange={(next) => {
        const found = choices.find((choice) => choice.value === next);
        if (found) onPick(found.value);
      }}
      comboboxProps={{ shadow: 'md' }}
    />
  );
}

/** How dates, numbers and returns of the file are read. */
export function Options({ draft }: { draft: DraftState }) {
  const { mapping, change, kind } = draft;
  if (kind === 'stores') return null;
  const decimal = (
    <Choose
      label="Decimal sign"
      choices={decimals}
      value={mapping.decimal}
      onPick={(value) => change({ decimal: value })}
    />
  );
  if (kind === 'products') {
    return (
      <Panel title="How it is written">
        <div className={classes.options}>{decimal}</div>
      </Panel>
    );
  }
  return (
    <Panel title="How it is written" subtitle="Proposed from the file; change what is not so">
      <div className={classes.options}>
        <Choose
          label="Finest time"
          description="What is finer is not shown, as it is not known"
          choices={grains}
          value={mapping.grain}
          onPick={(grain) => change({ grain })}
        />
        <DateFormat draft={draft} />
        <Choose
          label="Amount"
          description="What a line’s sales are read from"
          choices={amounts}
          value={mapping.amountFrom}
          onPick={(amountFrom) => change({ amountFrom })}
        />
        <Choose
          label="Negative units or amounts"
          description="What they mean in this file"
          choices={negatives}
          value={mapping.negatives}
          onPick={(value) => change({ negatives: value })}
        />
        {decimal}
        {fieldsGiven(mapping).includes('receipt') && (
          <Checkbox
            className={classes.check}
            label="Receipt ids are unique"
            description="One id is one basket, whatever the store and date. Leave it off where numbering starts again."
            checked={mapping.receiptUnique}
            onChange={({ currentTarget }) => change({ receiptUnique: currentTarget.checked })}
          />
        )}
      </div>
    </Panel>
  );
}
