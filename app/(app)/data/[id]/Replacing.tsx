'use client';

import { useState } from 'react';
import { Button } from '@mantine/core';
import { IconReplace } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { optionsOf } from '@/lib/client/options';
import type { ImportDetail } from '@/lib/contract/imports';
import { previewReplacement, type Replacement } from '@/lib/contract/replacing';
import { formatAmount } from '@/lib/metrics/format';
import { formatRange } from '@/lib/metrics/format-date';
import { formatCount, monthName } from '@/components/imports/states';
import { useImportActions } from '@/components/imports/use-imports';
import { useWorkspace } from '@/components/shell/workspace-context';
import { Confirm } from '@/components/ui/Confirm';
import { Panel } from '@/components/ui/Panel';
import { PlainTable } from '@/components/ui/PlainTable';
import classes from './wizard.module.css';

const signed = (value: number, currency: string): string => `${value > 0 ? '+' : ''}${formatAmount(value, currency)}`;

function Months({ months, currency }: { months: Replacement['months']; currency: string }) {
  return (
    <PlainTable
      caption="What goes and what comes, by month"
      cards
      maxHeight={320}
      data={{
        columns: [
          { label: 'Month' },
          { label: 'Lines that go', numeric: true },
          { label: 'Amount that goes', numeric: true },
          { label: 'Lines that come', numeric: true },
          { label: 'Amount that comes', numeric: true },
          { label: 'Month now', numeric: true },
          { label: 'Month after', numeric: true },
          { label: 'Change', numeric: true },
        ],
        rows: months.map(({ month, goes, comes, now, then }) => [
          monthName(month),
          formatCount(goes.lines),
          formatAmount(goes.amount, currency),
          formatCount(comes.lines),
          formatAmount(comes.amount, currency),
          formatAmount(now, currency),
          formatAmount(then, currency),
          signed(then - now, currency),
        ]),
      }}
    />
  );
}

/** Offered where lines are there of the file's stores and dates: to publish it in their place. */
export function Replacing({ detail, disabled }: { detail: ImportDetail; disabled: boolean }) {
  const { slug, role, currency } = useWorkspace();
  const { data } = useQuery(optionsOf(previewReplacement, { params: { id: detail.id }, query: { workspace: slug } }));
  const { replace } = useImportActions(detail.id);
  const [asking, setAsking] = useState(false);
  if (!data || data.imports.length === 0) return null;
  const lines = data.imports.reduce((sum, one) => sum + one.lines, 0);
  const [only, ...others] = data.imports;
  const whose =
    only && others.length === 0
      ? only.fileName
      : data.imports.map(({ fileName, lines: count }) => `${fileName} (${formatCount(count)})`).join(', ');
  const linesThere = `${formatCount(lines)} ${lines === 1 ? 'line' : 'lines'}`;
  return (
    <Panel
      title="There are lines of these stores and dates already"
      subtitle={`${formatCount(data.stores)} ${data.stores === 1 ? 'store' : 'stores'}${data.from && data.to ? `, ${formatRange({ from: data.from, to: data.to })}` : ''}: ${linesThere} of ${whose}`}
      actions={
        role !== 'viewer' && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconReplace size={14} />}
            disabled={disabled}
            onClick={() => setAsking(true)}
          >
            Replace them
          </Button>
        )
      }
    >
      <p className={classes.fieldHint}>
        Published as usual, the file adds to them. If it is a late correction, let it take their place:
      </p>
      <Months months={data.months} currency={currency} />
      <Confirm
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Replace ${linesThere}?`}
        action="Replace"
        danger
        busy={replace.isPending}
        fault={replace.error?.message}
        onConfirm={() => replace.mutate(undefined, { onSuccess: () => setAsking(false) })}
      >
        {linesThere} of {whose} go, {formatCount(detail.rowsAccepted)} of {detail.fileName} come, all or nothing.
        Reverting this import brings back what it replaced.
      </Confirm>
    </Panel>
  );
}
