'use client';

import type { ReactNode } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { Note } from '@/components/ui/Note';
import { Page } from '@/components/ui/Page';
import { PageHead } from '@/components/ui/PageHead';
import { Panel } from '@/components/ui/Panel';
import { PlainTable, type TableData } from '@/components/ui/PlainTable';
import { formatRange } from '@/lib/metrics/format-date';
import type { Drilled } from './use-drill';
import classes from './DrillPage.module.css';

interface Props {
  /** "Lines", "Shoppers" */
  title: string;
  /** "The lines under the number" */
  heading: string;
  drilled: Drilled;
  /** Where all of them are as a file. */
  file: string;
  /** What all of them come to. */
  summary: ReactNode;
  /** Left out while it is read. */
  table: TableData | undefined;
}

/** What a number is made of, as the address names it: a list in pages, and all of it as a file. */
export function DrillPage({ title, heading, drilled, file, summary, table }: Props) {
  const { asked, range, of, error, again, walk, next } = drilled;
  if (!asked) {
    return (
      <Page>
        <PageHead title={title} />
        <Note minHeight={360} title="No number is named">
          Open a number on one of the other pages, and from there what it is made of.
        </Note>
      </Page>
    );
  }
  const retry = (
    <Button variant="default" onClick={again}>
      Try again
    </Button>
  );
  return (
    <Page>
      <PageHead
        title={title}
        note={range ? formatRange(range) : ' '}
        actions={
          <Button component="a" href={file} download variant="default" leftSection={<IconDownload size={15} />}>
            All as CSV
          </Button>
        }
      />
      <Panel title={of ? `${heading}: ${of}` : heading} subtitle={summary || ' '}>
        {error && <Note role="alert" minHeight={200} title={error.message} action={retry} />}
        {!table && !error && <Skeleton height={420} radius="md" aria-busy />}
        {table?.rows.length === 0 && <Note minHeight={200} title={`There are no ${title.toLowerCase()} under it`} />}
        {table && table.rows.length > 0 && (
          <>
            <PlainTable caption={title} data={table} />
            <nav aria-label="Pages" className={classes.pages}>
              <Button variant="default" size="xs" disabled={walk.page === 0} onClick={walk.back}>
                Previous
              </Button>
              <Button variant="default" size="xs" disabled={!next} onClick={() => next && walk.forward(next)}>
                Next
              </Button>
            </nav>
          </>
        )}
      </Panel>
    </Page>
  );
}
