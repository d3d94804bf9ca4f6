'use client';

import { Alert, Button, Group } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ImportDetail } from '@/lib/contract/imports';
import { useFixes } from './use-fixes';
import { mayFix } from './states';
import { useImportActions } from './use-imports';
import classes from './problems.module.css';

/** So many are told one by one. */
const FIRST = 5;

/** Corrections that the file has no place for as it is read now: told until it is read as before, or they are forgotten. */
export function DroppedFixes({ detail }: { detail: ImportDetail }) {
  const { data } = useFixes(detail.id);
  const { fix } = useImportActions(detail.id);
  const dropped = data?.dropped ?? [];
  if (dropped.length === 0) return null;
  const forget = () =>
    fix.mutate({
      cells: dropped.flatMap(({ row, column }) => (row === null ? [] : [{ row, column, to: null }])),
      values: dropped.flatMap(({ row, column, from }) => (row === null ? [{ column, from, to: null }] : [])),
    });
  return (
    <Alert
      color="yellow"
      variant="light"
      role="status"
      icon={<IconAlertTriangle size={18} />}
      title={
        dropped.length === 1
          ? '1 correction does not fit the file as it is read now'
          : `${dropped.length.toLocaleString('en-US')} corrections do not fit the file as it is read now`
      }
    >
      <ul className={classes.dropped}>
        {dropped.slice(0, FIRST).map(({ row, column, from, to }) => (
          <li key={`${row} ${column} ${from}`}>
            {row === null ? 'Every row' : `Row ${row.toLocaleString('en-US')}`}, {column}:{' '}
            {from ? `“${from}”` : 'empty'} → {to ? `“${to}”` : 'empty'}
          </li>
        ))}
        {dropped.length > FIRST && <li>and {(dropped.length - FIRST).toLocaleString('en-US')} more</li>}
      </ul>
      <Group justify="space-between" gap="xs" mt={6}>
        <span>Their cells no longer say what they said, so they do nothing. Read as before, they hold again.</span>
        {mayFix(detail.state) && (
          <Button variant="default" size="xs" loading={fix.isPending} onClick={forget}>
            Forget {dropped.length === 1 ? 'it' : 'them'} and check
          </Button>
        )}
      </Group>
      {fix.error && <p role="alert">{fix.error.message}</p>}
    </Alert>
  );
}
