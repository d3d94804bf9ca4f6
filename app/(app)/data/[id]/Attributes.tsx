'use client';

import { Select } from '@mantine/core';
import { Panel } from '@/components/ui/Panel';
import type { DraftState } from './draft';
import classes from './wizard.module.css';

const owners = {
  product: 'Attribute of product',
  store: 'Attribute of store',
  shopper: 'Attribute of shopper',
} as const;
type Owner = keyof typeof owners;

/** Columns that no field is read from: left out, or kept as attributes that filter and break down. */
export function Attributes({ draft }: { draft: DraftState }) {
  const used = new Set(Object.values(draft.mapping.columns));
  const left = draft.columns.filter(({ name }) => !used.has(name));
  if (left.length === 0) return null;
  const offered: Owner[] =
    draft.kind === 'products' ? ['product'] : draft.kind === 'stores' ? ['store'] : ['product', 'store', 'shopper'];
  return (
    <Panel
      title="Further columns"
      subtitle="Kept as an attribute, a column filters and breaks down numbers: flavour, store cluster, age group"
    >
      {left.map(({ name, samples }) => {
        const at = draft.mapping.attributes.findIndex(({ column }) => column === name);
        const of = draft.mapping.attributes[at]?.of ?? 'none';
        return (
          <div key={name} className={classes.column}>
            <span className={classes.columnName} title={name}>
              {name}
            </span>
            <div className={classes.samples} title={samples.join('\n')}>
              {samples.slice(0, 3).map((sample, index) => (
                <code key={index}>{sample}</code>
              ))}
            </div>
            <Select
              aria-label={`Use of column ${name}`}
              data={[
                { value: 'none', label: 'Leave out' },
                ...offered.map((value) => ({ value, label: owners[value] })),
              ]}
              value={of}
              onChange={(value) => draft.setAttribute(name, offered.find((owner) => owner === value) ?? null)}
              allowDeselect={false}
              error={draft.faults.get(`attributes.${at}`)}
              comboboxProps={{ shadow: 'md' }}
            />
          </div>
        );
      })}
    </Panel>
  );
}
