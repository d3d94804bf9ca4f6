'use client';

import { Button, Skeleton } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { addressOf } from '@/lib/client/call';
import { optionsOf } from '@/lib/client/options';
import { downloadRejects, listRejects } from '@/lib/contract/imports';
import { useWorkspace } from '@/components/shell/workspace-context';
import { CursorPager, useCursors } from '@/components/ui/CursorPager';
import { Failed } from '@/components/ui/Failed';
import { Panel } from '@/components/ui/Panel';
import { PlainTable } from '@/components/ui/PlainTable';
import classes from './imports.module.css';

const size = 20;

/** Every row that was not taken, with its column, its reason and what it said. */
export function RejectedRows({ id, count, all = false }: { id: number; count: number; all?: boolean }) {
  const { slug: workspace } = useWorkspace();
  const walk = useCursors();
  const { data, error, refetch } = useQuery({
    ...optionsOf(listRejects, {
      params: { id },
      query: { workspace, limit: size, ...(walk.cursor !== undefined && { cursor: walk.cursor }) },
    }),
    placeholderData: keepPreviousData,
  });
  // Viewers are not shown who bought what.
  const seen = data?.items.some(({ raw }) => raw !== undefined) ?? false;
  const title = count === 1 ? '1 rejected row' : `${count.toLocaleString('en-US')} rejected rows`;
  return (
    <Panel
      title={title}
      label="Rejected rows"
      subtitle={
        all
          ? 'All there are in the file: most often a column or the way the file is read was taken wrongly'
          : 'They are left out; everything else can be published. To have them too, mend them in a file of their own and load that.'
      }
      actions={
        <Button
          variant="default"
          component="a"
          href={addressOf(downloadRejects, { params: { id }, query: { workspace } })}
          download
          leftSection={<IconDownload size={14} />}
        >
          Download CSV
        </Button>
      }
    >
      {data ? (
        <>
          <PlainTable
            caption="Rejected rows"
            data={{
              columns: [
                { label: 'Row', numeric: true },
                { label: 'Column' },
                { label: 'Reason', wraps: true },
                ...(seen ? [{ label: 'The row as it is' }] : []),
              ],
              rows: data.items.map(({ row, column, reason, raw }) => [
                row.toLocaleString('en-US'),
                column || '–',
                reason,
                ...(seen
                  ? [
                      <div key="raw" className={classes.raw} title={raw}>
                        {raw}
                      </div>,
                    ]
                  : []),
              ]),
            }}
          />
          <CursorPager
            walk={walk}
            size={size}
            shown={data.items.length}
            total={data.total}
            next={data.nextCursor}
            of="rejected rows"
          />
        </>
      ) : error ? (
        <Failed error={error} retry={refetch} />
      ) : (
        <Skeleton height={160} aria-busy />
      )}
    </Panel>
  );
}
