import type { Ref } from 'react';
import { Panel } from '@/components/ui/Panel';
import { PlainTable } from '@/components/ui/PlainTable';
import type { AnalysisResponse } from '@/lib/contract/analyses';
import type { Analysis } from '@/lib/metrics/analysis';
import { formatUnit, none } from '@/lib/metrics/format';
import { formatAge, formatDate, formatRange } from '@/lib/metrics/format-date';
import classes from './analyses.module.css';

interface Props {
  analysis: Analysis;
  response: AnalysisResponse | undefined;
  ref: Ref<HTMLElement>;
}

function facts({ meta }: AnalysisResponse): [string, string][] {
  const { range, compareRange, market, coverage, dataVersion, newestDate, cache } = meta;
  const stale = cache?.state === 'stale' ? `, stale: ${cache.reason ?? 'refreshing'}` : '';
  return [
    ['Dates', formatRange(range)],
    ...(compareRange ? [['Compared with', formatRange(compareRange)] satisfies [string, string]] : []),
    ['Market', market ?? 'The whole slice'],
    ...(coverage === null
      ? []
      : [['Coverage', `${formatUnit('percent', coverage)} of the market’s sales`] satisfies [string, string]]),
    ['Data version', String(dataVersion)],
    ['Newest date', newestDate ? formatDate(newestDate) : none],
    ...(cache
      ? [
          [
            'Answer',
            (cache.state === 'miss' ? 'computed just now' : `${formatAge(cache.ageSeconds)} old`) + stale,
          ] satisfies [string, string],
        ]
      : []),
  ];
}

/** What the analysis means, and how this answer was computed. */
export function AnalysisDefinition({ analysis, response, ref }: Props) {
  return (
    <Panel ref={ref} title="Definition, and how it was computed">
      <p className={classes.text}>{analysis.description}</p>
      <p className={classes.formula}>{analysis.formula}</p>
      {response && (
        <>
          <dl className={classes.facts}>
            {facts(response).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {response.meta.sources.length > 0 && (
            <PlainTable
              caption="What was read"
              data={{
                columns: [
                  { label: 'Read' },
                  { label: 'From' },
                  { label: 'Because', wraps: true },
                  { label: 'Rows', numeric: true },
                  { label: 'ms', numeric: true },
                ],
                rows: response.meta.sources.map(({ what, source, because, rowsRead, ms }) => [
                  what,
                  source,
                  because,
                  rowsRead.toLocaleString('en-US'),
                  ms.toLocaleString('en-US'),
                ]),
              }}
            />
          )}
        </>
      )}
    </Panel>
  );
}
