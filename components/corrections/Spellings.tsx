'use client';

import { useState } from 'react';
import { Autocomplete, Button, Checkbox } from '@mantine/core';
import type { BrandInbox } from '@/lib/contract/corrections';
import { formatAmount } from '@/lib/metrics/format';
import { useWorkspace } from '@/components/shell/workspace-context';
import { Panel } from '@/components/ui/Panel';
import { useCorrectionActions } from './use-corrections';
import classes from './corrections.module.css';

type Group = BrandInbox['spellings'][number];

function SpellingGroup({ group }: { group: Group }) {
  const { currency, role } = useWorkspace();
  const { draft } = useCorrectionActions();
  const [brand, setBrand] = useState(group.proposed);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const name = brand.trim();
  const chosen = group.brands.filter((one) => one.name !== name && !left.has(one.name));
  return (
    <li className={classes.group}>
      <ul className={classes.brands}>
        {group.brands.map((one) => (
          <li key={one.id}>
            <Checkbox
              label={<span className={classes.spelling}>{one.name}</span>}
              checked={one.name === name || !left.has(one.name)}
              disabled={one.name === name || role === 'viewer'}
              onChange={({ currentTarget: { checked } }) =>
                setLeft(
                  (before) =>
                    new Set(checked ? [...before].filter((known) => known !== one.name) : [...before, one.name]),
                )
              }
            />
            <span className={classes.quiet}>
              {one.products.toLocaleString('en-US')} {one.products === 1 ? 'product' : 'products'}
            </span>
            <span className={classes.sales}>{formatAmount(one.sales, currency)}</span>
          </li>
        ))}
      </ul>
      {role !== 'viewer' && (
        <div className={classes.target}>
          <Autocomplete
            label="All count as"
            data={group.brands.map((one) => one.name)}
            filter={({ options }) => options}
            value={brand}
            maxLength={255}
            onChange={setBrand}
            error={draft.error?.message}
            comboboxProps={{ shadow: 'md' }}
          />
          <Button
            size="sm"
            variant="default"
            disabled={name === '' || chosen.length === 0}
            loading={draft.isPending}
            onClick={() => draft.mutate(chosen.map((one) => ({ kind: 'spelling', subject: one.name, brand: name })))}
          >
            Put into the draft
          </Button>
        </div>
      )}
    </li>
  );
}

/** Brands that are one brand under several spellings. */
export function Spellings({ inbox: { spellings, spellingsTotal } }: { inbox: BrandInbox }) {
  const more = spellingsTotal - spellings.length;
  return (
    <Panel
      title={`One brand, several spellings${spellingsTotal > 0 ? ` (${spellingsTotal.toLocaleString('en-US')})` : ''}`}
      subtitle="Names that differ only in case, blanks, accents and signs; the one that sells most is proposed"
    >
      {spellings.length === 0 && <p className={classes.empty}>No brand is spelled in two ways.</p>}
      <ul className={classes.list}>
        {spellings.map((group) => (
          <SpellingGroup key={group.brands.map(({ id }) => id).join(' ')} group={group} />
        ))}
      </ul>
      {more > 0 && <p className={classes.quiet}>{more.toLocaleString('en-US')} more come up when these are done.</p>}
    </Panel>
  );
}
