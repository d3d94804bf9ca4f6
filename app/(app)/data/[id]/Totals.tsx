'use client';

import type { ImportDetail } from '@/lib/contract/imports';
import { formatAmount, formatUnit } from '@/lib/metrics/format';
import { formatRange } from '@/lib/metrics/format-date';
import { formatCount, kindNames } from '@/components/imports/states';
import { useWorkspace } from '@/components/shell/workspace-context';
import { Panel } from '@/components/ui/Panel';
import styles from '@/components/imports/imports.module.css';

const percent = (part: number, whole: number): string =>
  `${((part / whole) * 100).toLocaleString('en-US', { maximumFractionDigits: part / whole < 0.01 ? 3 : 1 })}%`;

/** The parts of the score. */
function qualityTitle({ report }: ImportDetail): string {
  const quality = report?.quality;
  if (!quality) return '';
  const { accepted, clean, complete, fields } = quality;
  const filled = Object.entries(fields).map(([field, share]) => `${field} ${percent(share, 1)}`);
  return `60 × accepted (${percent(accepted, 1)}) + 20 × without a warning (${percent(clean, 1)}) + 20 × filled (${percent(complete, 1)}${filled.length > 0 ? `: ${filled.join(', ')}` : ''})`;
}

/** Rows and control totals: what to hold against the source's own sums. */
export function Totals({ detail, title }: { detail: ImportDetail; title: string }) {
  const { currency } = useWorkspace();
  const { rowsIn, rowsAccepted, rowsRejected, totalUnits, totalAmount, from, to } = detail;
  return (
    <Panel title={title} subtitle={`${kindNames[detail.kind]} from ${detail.fileName}`}>
      <dl className={styles.stats} data-size="big">
        <div>
          <dt>Rows in the file</dt>
          <dd data-testid="rows-in">{formatCount(rowsIn)}</dd>
        </div>
        <div>
          <dt>Accepted</dt>
          <dd data-testid="rows-accepted">{formatCount(rowsAccepted)}</dd>
        </div>
        <div>
          <dt>Rejected{rowsIn && rowsRejected ? `, ${percent(rowsRejected, rowsIn)}` : ''}</dt>
          <dd data-testid="rows-rejected" data-tone={rowsRejected ? 'bad' : undefined}>
            {formatCount(rowsRejected)}
          </dd>
        </div>
        {totalUnits !== null && (
          <div>
            <dt>Units</dt>
            <dd data-testid="total-units">{formatUnit('units', totalUnits)}</dd>
          </div>
        )}
        {totalAmount !== null && (
          <div>
            <dt>Amount</dt>
            <dd data-testid="total-amount">{formatAmount(totalAmount, currency)}</dd>
          </div>
        )}
        {detail.quality !== null && (
          <div title={qualityTitle(detail)}>
            <dt>Quality, of 100</dt>
            <dd data-testid="quality">{detail.quality.toFixed(1)}</dd>
          </div>
        )}
        {from && to && (
          <div>
            <dt>Dates</dt>
            <dd>{formatRange({ from, to })}</dd>
          </div>
        )}
      </dl>
    </Panel>
  );
}
