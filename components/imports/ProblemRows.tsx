'use client';

import { useState } from 'react';
import { Alert, Button, Group, Select, Skeleton } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { addressOf } from '@/lib/client/call';
import { downloadRejects, type ImportDetail } from '@/lib/contract/imports';
import { problemsOf } from '@/lib/contract/import-rows';
import { useWorkspace } from '@/components/shell/workspace-context';
import { CursorPager, useCursors } from '@/components/ui/CursorPager';
import { Failed } from '@/components/ui/Failed';
import { Panel } from '@/components/ui/Panel';
import { PlainTable } from '@/components/ui/PlainTable';
import { FixCell, type Edited } from './FixCell';
import { usePendingFixes } from './pending-fixes';
import { ROWS, useProblem } from './problem';
import { tableOf } from './problem-table';
import { useImportActions, useProblemRows } from './use-imports';
import { formatCount, mayFix } from './states';
import classes from './problems.module.css';

const size = 20;
const ALL = '';

/** The rows with a problem: which cell is wrong, and why. Of one problem at a time, or all that were rejected. */
export function ProblemRows({ detail }: { detail: ImportDetail }) {
  const [asked, ask] = useProblem();
  const { role } = useWorkspace();
  const open = role !== 'viewer' && mayFix(detail.state);
  const { report, rowsRejected, rowsIn } = detail;
  if (!report) return null;
  const { rejections, warnings } = problemsOf(report);
  const rejected = rowsRejected ?? 0;
  if (rejected === 0 && warnings.length === 0) return null;
  const known = [...rejections, ...warnings].some(({ problem }) => problem === asked);
  const problem = known ? asked : rejected > 0 ? null : warnings[0]!.problem;
  const option = ({ problem: value, title, count }: { problem: string; title: string; count: number }) => ({
    value,
    label: `${title} (${formatCount(count)})`,
  });
  return (
    <div id={ROWS} className={classes.anchor}>
      <Panel
        title="Rows with a problem"
        subtitle={
          rejected > 0
            ? rejected === rowsIn
              ? 'No row can be taken: most often a column or the way the file is read was taken wrongly.'
              : `Rejected rows are left out; everything else can be published.${open ? ' Press a cell to set it right.' : ''}`
            : `All of them are taken; look whether they are right.${open ? ' Press a cell to set it right.' : ''}`
        }
        actions={rejected > 0 && <Download id={detail.id} />}
      >
        <Select
          aria-label="Problem"
          className={classes.filter ?? ''}
          data={[
            ...(rejected > 0
              ? [
                  {
                    group: 'Rejected',
                    items: [
                      { value: ALL, label: `All rejected rows (${formatCount(rejected)})` },
                      ...rejections.map(option),
                    ],
                  },
                ]
              : []),
            ...(warnings.length > 0 ? [{ group: 'Taken, but odd', items: warnings.map(option) }] : []),
          ]}
          value={problem ?? ALL}
          allowDeselect={false}
          maxDropdownHeight={360}
          comboboxProps={{ shadow: 'md' }}
          onChange={(value) => void ask(value || null)}
        />
        <Waiting id={detail.id} />
        <Rows key={problem} id={detail.id} problem={problem} open={open} />
      </Panel>
    </div>
  );
}

function Rows({ id, problem, open }: { id: number; problem: string | null; open: boolean }) {
  const walk = useCursors();
  const pending = usePendingFixes(id);
  const [edited, setEdited] = useState<Edited | null>(null);
  const { data, error, refetch } = useProblemRows(id, { problem, cursor: walk.cursor, limit: size });
  if (error && !data) return <Failed error={error} retry={refetch} />;
  if (!data) return <Skeleton height={160} aria-busy />;
  return (
    <>
      <PlainTable caption="Rows with a problem" data={tableOf(data, pending, open ? setEdited : null)} />
      <CursorPager walk={walk} size={size} answer={data} of="rows" />
      <FixCell
        id={id}
        edited={edited}
        onSet={(to, how) => edited && pending.set(edited, to, how)}
        onClose={() => setEdited(null)}
      />
    </>
  );
}

/** What was set right here and is not checked yet. */
function Waiting({ id }: { id: number }) {
  const { fixes, count, clear } = usePendingFixes(id);
  const { fix } = useImportActions(id);
  if (count === 0) return null;
  return (
    <Alert color="blue" variant="light" role="status" p="sm" className={classes.waiting ?? ''}>
      <Group justify="space-between" gap="xs">
        <span>{count === 1 ? '1 correction waits' : `${count} corrections wait`} to be checked with the file.</span>
        <Group gap="xs">
          <Button variant="default" size="xs" onClick={clear}>
            Discard
          </Button>
          <Button size="xs" loading={fix.isPending} onClick={() => fix.mutate(fixes, { onSuccess: clear })}>
            Check again
          </Button>
        </Group>
      </Group>
      {fix.error && <p role="alert">{fix.error.message}</p>}
    </Alert>
  );
}

function Download({ id }: { id: number }) {
  const { slug: workspace } = useWorkspace();
  return (
    <Button
      variant="default"
      component="a"
      href={addressOf(downloadRejects, { params: { id }, query: { workspace } })}
      download
      leftSection={<IconDownload size={14} />}
    >
      Download CSV
    </Button>
  );
}
