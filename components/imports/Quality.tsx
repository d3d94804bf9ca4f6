'use client';

import { useQuery } from '@tanstack/react-query';
import { optionsOf } from '@/lib/client/options';
import { readQuality, type Feed, type QualityAnswer } from '@/lib/contract/quality';
import { formatDate } from '@/lib/metrics/format-date';
import { useWorkspace } from '@/components/shell/workspace-context';
import { Failed } from '@/components/ui/Failed';
import { Panel } from '@/components/ui/Panel';
import { PlainTable } from '@/components/ui/PlainTable';
import { formatCount, monthName } from './states';
import imports from './imports.module.css';
import classes from './Quality.module.css';

const flags: Record<Feed['state'], { label: string; tone: string }> = {
  failed: { label: 'Failed', tone: 'bad' },
  stale: { label: 'Late', tone: 'late' },
  fresh: { label: 'In time', tone: 'good' },
  new: { label: 'Too new to tell', tone: 'quiet' },
};

const days = (count: number): string => `${count.toLocaleString('en-US')} ${count === 1 ? 'day' : 'days'}`;
const score = (value: number | null): string => (value === null ? '–' : value.toFixed(1));

function Months({ months }: { months: QualityAnswer['months'] }) {
  return (
    <ul className={classes.months} aria-label="Quality by month of loading">
      {months.map(({ month, quality, files, rows, rejected }) => (
        <li
          key={month}
          title={`${monthName(month)}: ${quality.toFixed(1)} of 100; ${files} ${files === 1 ? 'file' : 'files'}, ${formatCount(rows)} rows, ${formatCount(rejected)} rejected`}
        >
          <span className={classes.value}>{quality.toFixed(0)}</span>
          <span className={classes.track}>
            <span className={classes.bar} style={{ height: `${quality}%` }} data-low={quality < 80 || undefined} />
          </span>
          <span className={classes.month}>{monthName(month)}</span>
        </li>
      ))}
    </ul>
  );
}

/** How sound what was loaded is, over time, and the feeds: those that failed or are late come first. */
export function Quality() {
  const { slug } = useWorkspace();
  const { data, error, refetch } = useQuery(optionsOf(readQuality, { query: { workspace: slug } }));
  const title = 'Quality and feeds';
  if (error && !data)
    return (
      <Panel title={title}>
        <Failed error={error} retry={refetch} />
      </Panel>
    );
  if (!data || data.feeds.length === 0) return null;
  const flagged = data.feeds.filter(({ state }) => state === 'failed' || state === 'stale').length;
  return (
    <Panel
      title={title}
      subtitle="0 to 100 by month of loading: 60 for rows that are taken, 20 for rows without a warning, 20 for fields that are filled"
      actions={
        flagged > 0 && (
          <span className={imports.badge} data-tone="late">
            {flagged} {flagged === 1 ? 'feed needs' : 'feeds need'} a look
          </span>
        )
      }
    >
      {data.months.length > 0 && <Months months={data.months} />}
      <PlainTable
        caption="Feeds"
        cards
        maxHeight={360}
        data={{
          columns: [
            { label: 'Feed' },
            { label: 'State' },
            { label: 'What is the matter', wraps: true },
            { label: 'Comes every', numeric: true },
            { label: 'Last published' },
            { label: 'Data to' },
            { label: 'Files', numeric: true },
            { label: 'Quality', numeric: true },
          ],
          rows: data.feeds.map((feed) => [
            feed.name,
            <span key="state" className={imports.badge} data-tone={flags[feed.state].tone}>
              {flags[feed.state].label}
            </span>,
            feed.why ?? '',
            feed.everyDays === null ? '–' : days(feed.everyDays),
            feed.lastPublishedAt ? formatDate(feed.lastPublishedAt.slice(0, 10)) : 'never',
            feed.to ? formatDate(feed.to) : '–',
            feed.files,
            score(feed.quality),
          ]),
        }}
      />
    </Panel>
  );
}
