'use client';

import { Anchor } from '@mantine/core';
import { IconAlertTriangle, IconCopy, IconInfoCircle, IconX } from '@tabler/icons-react';
import type { ImportDetail } from '@/lib/contract/imports';
import { problemOf, problemsOf } from '@/lib/contract/import-rows';
import type { ImportReport } from '@/lib/contract/report';
import { ROWS, useProblem } from '@/components/imports/problem';
import { formatCount } from '@/components/imports/states';
import { Panel } from '@/components/ui/Panel';
import { PlainTable } from '@/components/ui/PlainTable';
import styles from '@/components/imports/imports.module.css';
import classes from './wizard.module.css';

const plurals: Record<string, string> = {
  product: 'Products',
  store: 'Stores',
  shopper: 'Shoppers',
  brand: 'Brands',
  manufacturer: 'Manufacturers',
  category: 'Categories',
  region: 'Regions',
  channel: 'Channels',
};

/** Rules that tell how the file was read; nothing is wrong by them. */
const notes = new Set(['date_order', 'date_order_recalled', 'blank_row', 'below_table']);
/** Rules that speak of the file as a whole, or whose sentence has the number. */
const uncounted = new Set(['date_order', 'date_order_recalled', 'date_order_open', 'drift']);
const tones = ['bad', 'warn', 'note'] as const;
const icons = {
  bad: <IconX size={15} aria-hidden />,
  warn: <IconAlertTriangle size={15} aria-hidden />,
  note: <IconInfoCircle size={15} aria-hidden />,
};
const toneOf = ({ rule, severity }: ImportReport['warnings'][number]): (typeof tones)[number] =>
  severity === 'error' ? 'bad' : notes.has(rule) ? 'note' : 'warn';

const rowsText = (rows: readonly number[], count = rows.length): string =>
  rows.length === 0
    ? ''
    : `${rows.length === 1 && count === 1 ? 'row' : 'rows'} ${rows.map((row) => row.toLocaleString('en-US')).join(', ')}${count > rows.length ? ' …' : ''}`;

/** How many rows have it; leads to them. */
function ShowRows({ problem, count }: { problem: string; count: string }) {
  const [, ask] = useProblem();
  return (
    <Anchor
      component="button"
      type="button"
      size="sm"
      className={classes.showRows ?? ''}
      title="Show these rows"
      onClick={() => {
        void ask(problem);
        document.getElementById(ROWS)?.scrollIntoView({ block: 'start' });
      }}
    >
      {count}
    </Anchor>
  );
}

/** Reasons of rejection, warnings, codes that come twice, and who would be new. */
export function Findings({ detail, report }: { detail: ImportDetail; report: ImportReport }) {
  const { warnings, rejections, duplicates, newMembers } = report;
  const fresh = Object.entries(newMembers).filter(([, count]) => count > 0);
  const listed = new Set(problemsOf(report).warnings.map(({ problem }) => problem));
  const gravestFirst = warnings
    .map((warning) => ({ ...warning, tone: toneOf(warning) }))
    .sort((a, b) => tones.indexOf(a.tone) - tones.indexOf(b.tone));
  const clean = warnings.length === 0 && rejections.length === 0 && duplicates.length === 0;
  return (
    <>
      {fresh.length > 0 && (
        <Panel
          title={detail.state === 'published' ? 'Was new with this file' : 'New to the workspace'}
          subtitle={detail.state === 'published' ? undefined : 'Added when the file is published'}
        >
          <dl className={styles.stats}>
            {fresh.map(([member, count]) => (
              <div key={member}>
                <dt>{plurals[member] ?? plurals[member.replace(/s$/, '')] ?? member}</dt>
                <dd>{formatCount(count)}</dd>
              </div>
            ))}
          </dl>
        </Panel>
      )}
      {!clean && (
        <Panel title="What stands out" label="What stands out">
          <ul className={classes.findings}>
            {rejections.map(({ column, reason, count }) => (
              <li key={`${column} ${reason}`} data-tone="bad">
                <IconX size={15} aria-hidden />
                <span>
                  {column && <strong>{column}: </strong>}
                  {reason}
                </span>
                <ShowRows problem={problemOf({ column, reason })} count={`${formatCount(count)} rejected`} />
              </li>
            ))}
            {gravestFirst.map(({ rule, message, count, rows, severity, tone }) => (
              <li key={rule} data-tone={tone}>
                {icons[tone]}
                <span>
                  {message}
                  {severity === 'error' && <strong> This holds the file back.</strong>}
                  {rows.length > 0 && <span className={classes.fieldHint}> ({rowsText(rows, count)})</span>}
                </span>
                {listed.has(rule) ? (
                  <ShowRows problem={rule} count={formatCount(count)} />
                ) : (
                  !uncounted.has(rule) && <span className={classes.count}>{formatCount(count)}</span>
                )}
              </li>
            ))}
            {duplicates.length > 0 && (
              <li data-tone="warn">
                <IconCopy size={15} aria-hidden />
                <span>Codes that the file names more than once; the first row counts</span>
                <span className={classes.count}>{formatCount(duplicates.length)}</span>
              </li>
            )}
          </ul>
          {duplicates.length > 0 && (
            <PlainTable
              caption="Codes named more than once"
              maxHeight={240}
              data={{
                columns: [{ label: 'Code' }, { label: 'Rows' }],
                rows: duplicates.map(({ code, rows }) => [code, rowsText(rows)]),
              }}
            />
          )}
        </Panel>
      )}
    </>
  );
}
