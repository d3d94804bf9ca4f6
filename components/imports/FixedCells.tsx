'use client';

import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { ImportDetail } from '@/lib/contract/imports';
import { Moment } from '@/components/ui/Moment';
import { Panel } from '@/components/ui/Panel';
import { PlainTable } from '@/components/ui/PlainTable';
import { mayFix } from './states';
import { useFixes } from './use-fixes';
import { useImportActions } from './use-imports';
import classes from './problems.module.css';

const said = (text: string) => (text === '' ? <span className={classes.empty}>empty</span> : text);

/** What was set right by hand: before, after, by whom and when. */
export function FixedCells({ detail }: { detail: ImportDetail }) {
  const { fix } = useImportActions(detail.id);
  const { data } = useFixes(detail.id);
  const all = [...(data?.values.map((one) => ({ ...one, row: null })) ?? []), ...(data?.cells ?? [])];
  if (all.length === 0) return null;
  const open = mayFix(detail.state);
  return (
    <Panel
      title={all.length === 1 ? '1 correction' : `${all.length.toLocaleString('en-US')} corrections`}
      label="Corrections"
      subtitle="Read in place of what the file says; the file itself is kept as it was received"
    >
      <PlainTable
        caption="Corrections"
        maxHeight={320}
        data={{
          columns: [
            { label: 'Row' },
            { label: 'Column' },
            { label: 'The file says' },
            { label: 'Read as' },
            { label: 'By' },
            { label: 'When' },
            ...(open ? [{ label: '' }] : []),
          ],
          rows: all.map(({ row, column, from, to, by, at }) => [
            row === null ? 'every' : row.toLocaleString('en-US'),
            column,
            said(from),
            said(to),
            by ?? '–',
            <Moment key="at" iso={at} />,
            ...(open
              ? [
                  <Button
                    key="undo"
                    variant="subtle"
                    size="compact-xs"
                    leftSection={<IconArrowBackUp size={13} />}
                    loading={fix.isPending}
                    aria-label={`Take back ${column}, ${row === null ? `“${from}”` : `row ${row}`}`}
                    onClick={() =>
                      fix.mutate(
                        row === null
                          ? { values: [{ column, from, to: null }] }
                          : { cells: [{ row, column, to: null }] },
                      )
                    }
                  >
                    Take back
                  </Button>,
                ]
              : []),
          ]),
        }}
      />
    </Panel>
  );
}
