'use client';

import { useState } from 'react';
import { Switch } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { optionsOf } from '@/lib/client/options';
import { listRestatements, type Restatement } from '@/lib/contract/replacing';
import { formatAmount } from '@/lib/metrics/format';
import { restatementsInput } from '@/components/imports/inputs';
import { monthName } from '@/components/imports/states';
import { useWorkspace } from '@/components/shell/workspace-context';
import { Moment } from '@/components/ui/Moment';
import { Failed } from '@/components/ui/Failed';
import { Panel } from '@/components/ui/Panel';
import { PlainTable } from '@/components/ui/PlainTable';

const changeOf = ({ before, after }: Restatement): string => {
  if (before === null || after === null || before === 0) return '–';
  const change = ((after - before) / Math.abs(before)) * 100;
  return `${change > 0 ? '+' : ''}${change.toLocaleString('en-US', { maximumFractionDigits: Math.abs(change) < 1 ? 2 : 1 }).replace('-', '−')}%`;
};

const shown = 3;

/** Which brands made most of the change. */
function Brands({ brands, currency }: { brands: Restatement['brands']; currency: string }) {
  if (brands.length === 0) return null;
  const told = brands.map(({ brand, before, after }) => {
    const change = (after ?? 0) - (before ?? 0);
    return `${brand} ${change > 0 ? '+' : ''}${formatAmount(change, currency)}`;
  });
  return (
    <span style={{ display: 'block', fontSize: '0.75rem', color: 'var(--ink-3)' }} title={told.join('\n')}>
      {told.slice(0, shown).join(', ')}
      {told.length > shown && ` and ${told.length - shown} more`}
    </span>
  );
}

/** Months whose sales are not what they were: what somebody may have quoted, what holds now, and why. */
export function Restatements() {
  const { slug, currency } = useWorkspace();
  const [withNew, setWithNew] = useState(false);
  const { data, error, refetch } = useQuery({
    ...optionsOf(listRestatements, restatementsInput(slug, withNew)),
    placeholderData: keepPreviousData,
  });
  const title = 'Restatements';
  if (error && !data)
    return (
      <Panel title={title}>
        <Failed error={error} retry={refetch} />
      </Panel>
    );
  if (!data) return null;
  const none = (value: number | null): string => (value === null ? 'no sales' : formatAmount(value, currency));
  return (
    <Panel
      title={title}
      subtitle="Months whose value sales became others: what they were, what they are, and why"
      actions={
        <Switch
          size="xs"
          label="With new months"
          checked={withNew}
          onChange={({ currentTarget }) => setWithNew(currentTarget.checked)}
        />
      }
    >
      {data.items.length === 0 ? (
        <p style={{ margin: 0, color: 'var(--ink-3)' }}>No month that was known has changed.</p>
      ) : (
        <PlainTable
          caption="Restatements"
          cards
          maxHeight={360}
          data={{
            columns: [
              { label: 'Month' },
              { label: 'Was', numeric: true },
              { label: 'Is', numeric: true },
              { label: 'Change', numeric: true },
              { label: 'Because', wraps: true },
              { label: 'When' },
            ],
            rows: data.items.map((item) => [
              <span key="month" title={item.sentence}>
                {monthName(item.month)}
                {item.brand !== null && `, ${item.brand}`}
              </span>,
              none(item.before),
              none(item.after),
              changeOf(item),
              <span key="because">
                {item.reason}
                <Brands brands={item.brands} currency={currency} />
              </span>,
              <span key="when">
                <Moment iso={item.createdAt} />
                {item.createdBy && `, ${item.createdBy}`}
              </span>,
            ]),
          }}
        />
      )}
      {data.total > data.items.length && (
        <p style={{ margin: '8px 0 0', color: 'var(--ink-3)', fontSize: '0.75rem' }}>
          The newest {data.items.length} of {data.total.toLocaleString('en-US')}; the API lists all.
        </p>
      )}
    </Panel>
  );
}
