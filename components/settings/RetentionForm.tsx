'use client';

import { useState } from 'react';
import { NumberInput } from '@mantine/core';
import { Confirm } from '@/components/ui/Confirm';
import { Panel } from '@/components/ui/Panel';
import { call } from '@/lib/client/call';
import { updateRetention, type WorkspaceDetail } from '@/lib/contract/workspaces';
import { formatDate } from '@/lib/metrics/format-date';
import { addMonths, startOf } from '@/lib/metrics/periods';
import { SaveOrUndo } from './SaveOrUndo';
import { useChange } from './use-change';
import classes from './settings.module.css';

const today = (): string => new Date().toISOString().slice(0, 10);

/** For how long lines are kept. Admins change it; everybody may read it. */
export function RetentionForm({ detail: { slug, role, retentionMonths, from } }: { detail: WorkspaceDetail }) {
  const [months, setMonths] = useState(retentionMonths);
  const [asking, setAsking] = useState(false);
  const admin = role === 'admin';
  const { mutate, isPending, error } = useChange(slug, () =>
    call(updateRetention, { query: { workspace: slug }, body: { months } }),
  );
  const first = months === null ? null : addMonths(startOf('month', today()), -months);
  const told =
    first === null
      ? 'Empty: lines are kept for ever'
      : `Lines before ${formatDate(first)} are deleted for good, and so it goes on month by month`;
  const some = first !== null && from !== null && from < first;
  return (
    <Panel
      title="Retention"
      subtitle={admin ? 'For how long lines are kept' : 'Only admins of the workspace change it'}
    >
      <form
        className={classes.form}
        aria-label="Retention"
        onSubmit={(event) => {
          event.preventDefault();
          if (some) setAsking(true);
          else mutate();
        }}
      >
        <NumberInput
          label="Months"
          description={told}
          placeholder="For ever"
          disabled={!admin}
          allowDecimal={false}
          allowNegative={false}
          min={1}
          max={240}
          value={months ?? ''}
          onChange={(value) => setMonths(value === '' ? null : Number(value))}
        />
        <SaveOrUndo
          admin={admin}
          changed={months !== retentionMonths}
          pending={isPending}
          error={asking ? null : error}
          undo={() => setMonths(retentionMonths)}
        />
      </form>
      {first !== null && (
        <Confirm
          opened={asking}
          onClose={() => setAsking(false)}
          title={`Delete the lines before ${formatDate(first)}?`}
          action="Delete them"
          danger
          busy={isPending}
          fault={error?.message}
          onConfirm={() => mutate(undefined, { onSuccess: () => setAsking(false) })}
        >
          The lines here begin on {formatDate(from ?? first)}. Those before {formatDate(first)} go for good within a
          minute, with the shoppers and baskets that only they told of. Nothing brings them back.
        </Confirm>
      )}
    </Panel>
  );
}
