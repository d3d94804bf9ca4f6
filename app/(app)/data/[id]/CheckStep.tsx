'use client';

import { Alert, Anchor, Button, Group } from '@mantine/core';
import { IconAlertTriangle, IconArrowLeft, IconUpload } from '@tabler/icons-react';
import type { ImportDetail } from '@/lib/contract/imports';
import { JobControls } from '@/components/imports/JobControls';
import { JobProgress } from '@/components/imports/JobProgress';
import { DroppedFixes } from '@/components/imports/DroppedFixes';
import { FixedCells } from '@/components/imports/FixedCells';
import { usePendingFixes } from '@/components/imports/pending-fixes';
import { ProblemRows } from '@/components/imports/ProblemRows';
import { formatCount } from '@/components/imports/states';
import { useImportActions } from '@/components/imports/use-imports';
import { useLink, useWorkspace } from '@/components/shell/workspace-context';
import Link from '@/components/ui/Link';
import { Panel } from '@/components/ui/Panel';
import { Replacing } from './Replacing';
import { Findings } from './Findings';
import { Totals } from './Totals';
import classes from './wizard.module.css';

interface Props {
  detail: ImportDetail;
  /** The mapping was edited since this check. */
  changed: boolean;
  onBack: () => void;
}

/** The dry run: what would be published, what would not, and why. */
export function CheckStep({ detail, changed: remapped, onBack }: Props) {
  const { role } = useWorkspace();
  const { check, publish } = useImportActions(detail.id);
  const { state, error, rowsRejected } = detail;
  const link = useLink();
  const waiting = usePendingFixes(detail.id).count > 0;
  const changed = remapped || waiting;
  const heldBack = state === 'failed' && detail.report?.warnings.some(({ severity }) => severity === 'error');
  if (state === 'validating' || state === 'paused') {
    const paused = state === 'paused';
    return (
      <Panel
        title={paused ? 'The check is paused' : 'Checking every row'}
        subtitle={
          paused
            ? 'Nothing is published. What was read so far is kept, and the check goes on from there.'
            : 'Nothing is published by this. You may leave the page; it goes on.'
        }
      >
        {error && (
          <Alert color="red" variant="light" role="alert" icon={<IconAlertTriangle size={18} />} mb="sm">
            {error}
          </Alert>
        )}
        <JobProgress item={detail} label="Progress of the check" />
        <JobControls item={detail} />
      </Panel>
    );
  }
  return (
    <>
      {error && (
        <Alert
          color={state === 'failed' ? 'red' : 'yellow'}
          variant="light"
          role="alert"
          icon={<IconAlertTriangle size={18} />}
          title={heldBack ? 'A rule stops this file' : state === 'failed' ? 'This cannot be published' : undefined}
        >
          {error}
          {heldBack && role === 'admin' && (
            <>
              {' '}
              <Anchor component={Link} href={link('/settings')} size="sm">
                Open Settings
              </Anchor>
            </>
          )}
        </Alert>
      )}
      {changed && (
        <Alert color="yellow" variant="light" role="status" icon={<IconAlertTriangle size={18} />}>
          {remapped ? 'The mapping was' : 'Cells were'} changed since this check. Check the file again before
          publishing.
        </Alert>
      )}
      {detail.rowsIn !== null && <Totals detail={detail} title="What the check found" />}
      {detail.report && <Findings detail={detail} report={detail.report} />}
      {detail.rowsIn !== null && <ProblemRows detail={detail} />}
      <DroppedFixes detail={detail} />
      <FixedCells detail={detail} />
      {state === 'validated' && detail.replacesBy === null && detail.kind === 'transactions' && (
        <Replacing detail={detail} disabled={changed} />
      )}
      {state === 'validated' && detail.replacesBy !== null && detail.kind === 'transactions' && (
        <Alert color="blue" variant="light" role="status">
          Published, it takes the place of what is there of its{' '}
          {detail.replacesBy === 'receipt' ? 'receipts' : 'stores and dates'}, as its connector says.
        </Alert>
      )}
      {(publish.error ?? check.error) && (
        <Alert color="red" variant="light" role="alert" icon={<IconAlertTriangle size={18} />}>
          {(publish.error ?? check.error)?.message}
        </Alert>
      )}
      {role !== 'viewer' && (
        <div className={classes.bar}>
          <Button variant="default" size="sm" leftSection={<IconArrowLeft size={15} />} onClick={onBack}>
            {state === 'failed' ? 'Change the mapping' : 'Back to columns'}
          </Button>
          {heldBack && detail.mapping && (
            <Button
              size="sm"
              variant="light"
              loading={check.isPending}
              onClick={() => detail.mapping && check.mutate({ kind: detail.kind, mapping: detail.mapping })}
            >
              Check again
            </Button>
          )}
          {state === 'validated' && (
            <Group gap="sm">
              {rowsRejected !== null && rowsRejected > 0 && (
                <span className={classes.fieldHint}>
                  {rowsRejected === 1 ? '1 rejected row is' : `${formatCount(rowsRejected)} rejected rows are`} left out
                </span>
              )}
              <Button
                size="sm"
                leftSection={<IconUpload size={15} />}
                disabled={changed}
                loading={publish.isPending}
                onClick={() => publish.mutate()}
              >
                Publish {formatCount(detail.rowsAccepted)} {detail.rowsAccepted === 1 ? 'row' : 'rows'}
              </Button>
            </Group>
          )}
        </div>
      )}
    </>
  );
}
