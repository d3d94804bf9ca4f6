'use client';

import { Moment } from '@/components/ui/Moment';
import Link from '@/components/ui/Link';
import { Skeleton } from '@mantine/core';
import { IconDatabaseImport } from '@tabler/icons-react';
import type { ImportSummary } from '@/lib/contract/imports';
import { formatAmount, formatUnit } from '@/lib/metrics/format';
import { formatRange } from '@/lib/metrics/format-date';
import { useLink, useWorkspace } from '@/components/shell/workspace-context';
import { CursorPager, useCursors } from '@/components/ui/CursorPager';
import { Failed } from '@/components/ui/Failed';
import { Note } from '@/components/ui/Note';
import { Panel } from '@/components/ui/Panel';
import { ImportActions } from './ImportActions';
import { JobProgress } from './JobProgress';
import { Replaced } from './Replaced';
import { StateBadge } from './StateBadge';
import { fileSize, formatCount, isRunning, kindNames } from './states';
import { importsPerPage } from './inputs';
import { useImports } from './use-imports';
import classes from './ImportList.module.css';

function Row({ item, currency }: { item: ImportSummary; currency: string }) {
  const link = useLink();
  return (
    <tr data-state={item.state}>
      <td className={classes.file}>
        <Link href={link(`/data/${item.id}`)} className={classes.name} title={item.fileName}>
          {item.fileName}
        </Link>
        <span className={classes.quiet}>
          {kindNames[item.kind]} · {fileSize(item.fileSize)} · import {item.id}
        </span>
      </td>
      <td className={classes.state}>
        {isRunning(item.state) && (item.progress ?? item.waitsFor) ? (
          <JobProgress item={item} label={`Progress of ${item.fileName}`} />
        ) : (
          <StateBadge state={item.state} />
        )}
        {item.error && <span className={classes.fault}>{item.error}</span>}
        <Replaced lines={item.replacedBy} verb="replaced by" />
      </td>
      <td data-numeric data-label="Rows">
        {formatCount(item.rowsAccepted)}
        <span className={classes.quiet}>{item.rowsIn === null ? '' : `of ${formatCount(item.rowsIn)}`}</span>
      </td>
      <td data-numeric data-label="Rejected" data-bad={item.rowsRejected ? true : undefined}>
        {formatCount(item.rowsRejected)}
      </td>
      <td data-numeric data-label="Amount">
        {item.totalAmount === null ? '–' : formatAmount(item.totalAmount, currency)}
        {item.totalUnits !== null && (
          <span className={classes.quiet}>
            {formatUnit('units', item.totalUnits)} {item.totalUnits === 1 ? 'unit' : 'units'}
          </span>
        )}
      </td>
      <td data-label="Dates" className={classes.nowrap}>
        {item.from && item.to ? formatRange({ from: item.from, to: item.to }) : '–'}
      </td>
      <td data-label="By" className={classes.nowrap}>
        {item.createdBy ?? 'Command line'}
        <span className={classes.quiet}>
          <Moment iso={item.publishedAt ?? item.createdAt} />
        </span>
      </td>
      <td className={classes.actions}>
        <ImportActions item={item} subtle />
      </td>
    </tr>
  );
}

/** The imports of the workspace, newest first. */
export function ImportList() {
  const { currency } = useWorkspace();
  const walk = useCursors();
  const { data, error, refetch } = useImports(walk.cursor);
  const title = 'Imports';
  if (!data) {
    return (
      <Panel title={title}>
        {error ? <Failed error={error} retry={refetch} /> : <Skeleton height={180} aria-busy />}
      </Panel>
    );
  }
  if (data.total === 0) {
    return (
      <Panel title={title}>
        <Note icon={<IconDatabaseImport size={26} stroke={1.4} />} title="No file was loaded yet" minHeight={140}>
          Product and store files come first where you have them: then lines get their brands, categories and regions.
        </Note>
      </Panel>
    );
  }
  return (
    <Panel
      title={title}
      subtitle={`${data.total.toLocaleString('en-US')} ${data.total === 1 ? 'file' : 'files'}, newest first`}
    >
      <div className={classes.scroll} tabIndex={0} role="region" aria-label="List of imports">
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">State</th>
              <th scope="col" data-numeric>
                Rows taken
              </th>
              <th scope="col" data-numeric>
                Rejected
              </th>
              <th scope="col" data-numeric>
                Amount
              </th>
              <th scope="col">Dates</th>
              <th scope="col">By</th>
              <th scope="col">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((item) => (
              <Row key={item.id} item={item} currency={currency} />
            ))}
          </tbody>
        </table>
      </div>
      <CursorPager walk={walk} size={importsPerPage} answer={data} of="imports" />
    </Panel>
  );
}
