'use client';

import type { ReactNode } from 'react';
import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { KeptFixes } from '@/lib/contract/fixes';
import type { ImportReport } from '@/lib/contract/report';
import type { ImportDetail } from '@/lib/contract/imports';
import { Moment } from '@/components/ui/Moment';
import { Named } from '@/components/ui/Named';
import { Panel } from '@/components/ui/Panel';
import { PlainTable } from '@/components/ui/PlainTable';
import { mayFix } from './states';
import { useFixes } from './use-fixes';
import { useImportActions } from './use-imports';
import classes from './problems.module.css';

type Value = KeptFixes['values'][number];

/** In which rows: of a value, in how many cells once they are checked, and in which files besides this one. */
function rowsOf({ column, from, next, carried }: Value, fixed: ImportReport['fixed']): ReactNode {
  const found = fixed && (fixed.find((one) => one.column === column && one.from === from)?.cells ?? 0);
  const cells = found === undefined ? '' : `, ${found.toLocaleString('en-US')} ${found === 1 ? 'cell' : 'cells'}`;
  return (
    <Named key="rows" name={`Every row${cells}`}>
      {next ? 'next files too' : carried ? 'as in earlier files' : null}
    </Named>
  );
}

const said = (text: string) => (text === '' ? <span className={classes.empty}>empty</span> : text);

/** What was set right by hand: before, after, by whom and when. */
export function FixedCells({ detail }: { detail: ImportDetail }) {
  const { fix } = useImportActions(detail.id);
  const { data } = useFixes(detail.id);
  const all = [
    ...(data?.values.map((one) => ({ ...one, row: null, where: rowsOf(one, detail.report?.fixed) })) ?? []),
    ...(data?.cells.map((one) => ({ ...one, where: `Row ${one.row.toLocaleString('en-US')}` })) ?? []),
  ];
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
        cards
        maxHeight={320}
        data={{
          columns: [
            { label: 'Where' },
            { label: 'Column' },
            { label: 'The file says' },
            { label: 'Read as' },
            { label: 'By' },
            { label: 'When' },
            ...(open ? [{ label: '' }] : []),
          ],
          rows: all.map(({ row, where, column, from, to, by, at }) => [
            where,
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
                    aria-label={`Take back ${column}, ${row === null ? (from ? `“${from}”` : 'empty') : `row ${row}`}`}
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
