'use client';

import { IconCheck, IconMinus } from '@tabler/icons-react';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import { formatDate, formatRange } from '@/lib/metrics/format-date';
import { Moment } from '@/components/ui/Moment';
import { Panel } from '@/components/ui/Panel';
import { grainText, holdings, lacking } from './holdings';
import classes from './data.module.css';

/** How new the data is, what it holds, and what it cannot tell. */
export function Freshness({ detail }: { detail: WorkspaceDetail }) {
  const missing = lacking(detail);
  return (
    <Panel title="What the data holds" subtitle={`Data version ${detail.meta.dataVersion}`}>
      <dl className={classes.stats}>
        <div>
          <dt>Newest date</dt>
          <dd>{detail.to ? formatDate(detail.to) : '–'}</dd>
        </div>
        <div>
          <dt>Dates</dt>
          <dd>{detail.from && detail.to ? formatRange({ from: detail.from, to: detail.to }) : '–'}</dd>
        </div>
        <div>
          <dt>Lines</dt>
          <dd data-testid="lines">{detail.lines.toLocaleString('en-US')}</dd>
        </div>
        <div>
          <dt>Finest time</dt>
          <dd>{detail.grain ? grainText[detail.grain] : '–'}</dd>
        </div>
        <div>
          <dt>Last change</dt>
          <dd>
            <Moment iso={detail.dataChangedAt} />
          </dd>
        </div>
        <div>
          <dt>Currency</dt>
          <dd>{detail.meta.currency}</dd>
        </div>
      </dl>
      {detail.lines > 0 && (
        <>
          <ul className={classes.has} aria-label="What lines carry">
            {holdings(detail).map(({ name, there }) => (
              <li key={name} data-there={there}>
                {there ? <IconCheck size={14} stroke={2.2} aria-hidden /> : <IconMinus size={14} aria-hidden />}
                {name}
                <span className="sr-only">{there ? ': there' : ': missing'}</span>
              </li>
            ))}
          </ul>
          {missing.length > 0 && (
            <div className={classes.missing}>
              <p className={classes.missingTitle}>Not available with this data</p>
              <ul>
                {missing.map(({ why, metrics }) => (
                  <li key={why}>
                    <strong>{metrics.join(', ')}</strong>: {why}
                  </li>
                ))}
              </ul>
            </div>
          )}
        </>
      )}
    </Panel>
  );
}
