'use client';

import { useState } from 'react';
import { NumberInput } from '@mantine/core';
import { Panel } from '@/components/ui/Panel';
import { call } from '@/lib/client/call';
import { updateBases, type WorkspaceDetail } from '@/lib/contract/workspaces';
import { SaveOrUndo } from './SaveOrUndo';
import { useChange } from './use-change';
import classes from './settings.module.css';

/** What shopper metrics rest on. Admins change it; everybody may read it. */
export function BasesForm({ detail }: { detail: WorkspaceDetail }) {
  const saved = { universe: detail.universe, lowBase: detail.lowBase };
  const [bases, setBases] = useState(saved);
  const { slug, role } = detail;
  const admin = role === 'admin';
  const { mutate, isPending, error } = useChange(slug, () =>
    call(updateBases, { query: { workspace: slug }, body: bases }),
  );
  const common = { disabled: !admin, thousandSeparator: ',', allowDecimal: false, allowNegative: false } as const;
  return (
    <Panel
      title="Shoppers"
      subtitle={admin ? 'What penetration and other shopper metrics rest on' : 'Only admins of the workspace change it'}
    >
      <form
        className={`${classes.form} ${classes.pair}`}
        aria-label="Shoppers"
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
      >
        <NumberInput
          {...common}
          label="Universe"
          description="Households that your shoppers stand for; empty: not known"
          placeholder="Not known"
          min={1}
          max={2_000_000_000}
          value={bases.universe ?? ''}
          onChange={(value) => setBases({ ...bases, universe: value === '' ? null : Number(value) })}
        />
        <NumberInput
          {...common}
          label="Low base"
          description="Metrics of fewer buyers than this are marked; 0 marks none"
          min={0}
          max={1_000_000}
          value={bases.lowBase}
          onChange={(value) => setBases({ ...bases, lowBase: Number(value) })}
        />
        <SaveOrUndo
          admin={admin}
          changed={JSON.stringify(bases) !== JSON.stringify(saved)}
          pending={isPending}
          error={error}
          undo={() => setBases(saved)}
        />
      </form>
    </Panel>
  );
}
