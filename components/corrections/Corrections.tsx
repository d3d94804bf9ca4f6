'use client';

import { useState } from 'react';
import { Button, Loader } from '@mantine/core';
import type { Correction } from '@/lib/contract/corrections';
import { formatDate } from '@/lib/metrics/format-date';
import { useWorkspace } from '@/components/shell/workspace-context';
import { Confirm } from '@/components/ui/Confirm';
import { Panel } from '@/components/ui/Panel';
import { PlainTable } from '@/components/ui/PlainTable';
import { useCorrectionActions, useCorrections } from './use-corrections';
import classes from './corrections.module.css';

const subjectOf = ({ kind, subject }: Correction) => (
  <span key="subject" className={classes.spelling}>
    {kind === 'product' && 'product '}
    {subject}
  </span>
);
const plural = (count: number): string => `${count} ${count === 1 ? 'correction' : 'corrections'}`;

/** What is drafted: no number changes before it is applied. */
export function Draft() {
  const { role } = useWorkspace();
  const { data, moving } = useCorrections('draft');
  const { drop, apply } = useCorrectionActions();
  const [asking, setAsking] = useState(false);
  if (!data || data.items.length === 0) return null;
  return (
    <Panel
      title="Draft"
      subtitle={
        moving
          ? 'Being applied: all of it or nothing. You may leave the page.'
          : 'No number changes before it is applied'
      }
      actions={
        role !== 'viewer' && (
          <Button size="xs" loading={moving || apply.isPending} onClick={() => setAsking(true)}>
            Apply {plural(data.total)}
          </Button>
        )
      }
    >
      <PlainTable
        caption="Draft"
        cards
        maxHeight={320}
        data={{
          columns: [{ label: 'Now' }, { label: 'Counts as' }, { label: '', numeric: true }],
          rows: data.items.map((one) => [
            subjectOf(one),
            <strong key="brand">{one.brand}</strong>,
            one.state === 'draft' && role !== 'viewer' && (
              <Button key="drop" size="compact-xs" variant="default" onClick={() => drop.mutate(one.id)}>
                Take out
              </Button>
            ),
          ]),
        }}
      />
      <Confirm
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Apply ${plural(data.total)}?`}
        action="Apply"
        busy={apply.isPending}
        fault={apply.error?.message}
        onConfirm={() => apply.mutate(undefined, { onSuccess: () => setAsking(false) })}
      >
        They hold for the whole history and for files to come. What the files say is kept, and each can be undone, in
        any order.
      </Confirm>
    </Panel>
  );
}

/** What holds, the newest first. */
export function Applied() {
  const { role } = useWorkspace();
  const { data } = useCorrections('applied');
  const { undo } = useCorrectionActions();
  if (!data || data.items.length === 0) return null;
  return (
    <Panel title="Applied" subtitle="Undone, every number is as if the correction had never been applied">
      {undo.error && (
        <p role="alert" className={classes.fault}>
          {undo.error.message}
        </p>
      )}
      <PlainTable
        caption="Applied corrections"
        cards
        maxHeight={420}
        data={{
          columns: [
            { label: 'In the files' },
            { label: 'Counts as' },
            { label: 'Applied' },
            { label: '', numeric: true },
          ],
          rows: data.items.map((one) => [
            subjectOf(one),
            <strong key="brand">{one.brand}</strong>,
            `${one.appliedAt ? formatDate(one.appliedAt.slice(0, 10)) : ''}${one.createdBy ? `, ${one.createdBy}` : ''}`,
            one.state === 'undoing' ? (
              <Loader key="undoing" size={14} aria-label="Being undone" />
            ) : (
              role !== 'viewer' && (
                <Button key="undo" size="compact-xs" variant="default" onClick={() => undo.mutate([one.id])}>
                  Undo
                </Button>
              )
            ),
          ]),
        }}
      />
      {data.total > data.items.length && (
        <p className={classes.quiet}>
          The newest {data.items.length} of {data.total}; the API lists all.
        </p>
      )}
    </Panel>
  );
}
