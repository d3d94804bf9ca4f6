'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsString, useQueryState } from 'nuqs';
import { Button, Skeleton } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useWorkspace } from '@/components/shell/workspace-context';
import { useCursors } from '@/components/ui/CursorPager';
import { Note } from '@/components/ui/Note';
import { Page } from '@/components/ui/Page';
import { PageHead } from '@/components/ui/PageHead';
import { Panel } from '@/components/ui/Panel';
import { PlainTable } from '@/components/ui/PlainTable';
import { addressOf } from '@/lib/client/call';
import { optionsOf } from '@/lib/client/options';
import { exportLines, linesSpec, listLines } from '@/lib/contract/lines';
import { formatUnit } from '@/lib/metrics/format';
import { formatDate, formatRange } from '@/lib/metrics/format-date';

const size = 50;

const dash = '–';
const told = (flag: boolean | null, word: string): string => (flag ? word : '');

/** The lines that a number is made of, as the address names them. */
export function Lines() {
  const [q] = useQueryState('q', parseAsString.withDefault(''));
  const { slug } = useWorkspace();
  const walk = useCursors();
  const query = { workspace: slug, q, limit: size, ...(walk.cursor && { cursor: walk.cursor }) };
  const { data, error, refetch } = useQuery({ ...optionsOf(listLines, { query }), enabled: q !== '' });
  const asked = linesSpec.safeParse(q === '' ? null : safely(q));
  const currency = data?.meta.currency ?? 'USD';
  if (!asked.success) {
    return (
      <Page>
        <PageHead title="Lines" />
        <Note minHeight={360} title="No slice is named">
          Open a number on one of the other pages, and from there the lines that it is made of.
        </Note>
      </Page>
    );
  }
  return (
    <Page>
      <PageHead
        title="Lines"
        note={formatRange(asked.data)}
        actions={
          <Button
            component="a"
            href={addressOf(exportLines, { query: { workspace: slug, q } })}
            download
            variant="default"
            leftSection={<IconDownload size={15} />}
          >
            All as CSV
          </Button>
        }
      />
      <Panel
        title="The lines under the number"
        subtitle={
          data
            ? `All of them: ${formatUnit('money', data.totals.value, { currency })} and ${formatUnit('units', data.totals.units)} units.`
            : ' '
        }
      >
        {error && (
          <Note
            role="alert"
            minHeight={200}
            title={error.message}
            action={
              <Button variant="default" onClick={() => void refetch()}>
                Try again
              </Button>
            }
          />
        )}
        {!data && !error && <Skeleton height={420} radius="md" aria-busy />}
        {data && data.items.length === 0 && <Note minHeight={200} title="There are no lines in this slice" />}
        {data && data.items.length > 0 && (
          <>
            <PlainTable
              caption="Lines"
              data={{
                columns: [
                  { label: 'Date' },
                  { label: 'Store' },
                  { label: 'Receipt' },
                  ...(data.items[0]?.shopper === undefined ? [] : [{ label: 'Shopper' }]),
                  { label: 'Product' },
                  { label: 'Brand' },
                  { label: 'Units', numeric: true },
                  { label: 'Amount', numeric: true },
                  { label: 'Note' },
                  { label: 'Import, row' },
                ],
                rows: data.items.map((line) => [
                  formatDate(line.date),
                  line.store ?? dash,
                  line.receipt ?? dash,
                  ...(line.shopper === undefined ? [] : [line.shopper ?? dash]),
                  line.productName,
                  line.brand,
                  formatUnit('units', line.units),
                  formatUnit('money', line.amount, { currency }),
                  [told(line.isReturn, 'return'), told(line.promoted, 'promotion')].filter(Boolean).join(', '),
                  `${line.import}, ${line.row.toLocaleString('en-US')}`,
                ]),
              }}
            />
            <nav aria-label="Pages">
              <Button variant="default" size="xs" disabled={walk.page === 0} onClick={walk.back}>
                Previous
              </Button>{' '}
              <Button
                variant="default"
                size="xs"
                disabled={!data.nextCursor}
                onClick={() => data.nextCursor && walk.forward(data.nextCursor)}
              >
                Next
              </Button>
            </nav>
          </>
        )}
      </Panel>
    </Page>
  );
}

function safely(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
