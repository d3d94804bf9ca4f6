'use client';

import { useQuery } from '@tanstack/react-query';
import Link from '@/components/ui/Link';
import { useLink, useWorkspace } from '@/components/shell/workspace-context';
import { optionsOf } from '@/lib/client/options';
import { askedOf, drillOf } from '@/lib/client/drill';
import { readLeaves } from '@/lib/contract/drill';
import type { MetricMeta, QueryResponse, QueryRow } from '@/lib/contract/query';
import { metricOf, type Leaf, type MetricId } from '@/lib/metrics/catalog';
import { formatUnit } from '@/lib/metrics/format';
import { leavesOf } from '@/lib/metrics/metric';
import { styleOf } from './describe';
import classes from './ExplainPanel.module.css';

interface Props {
  metric: MetricId;
  response: QueryResponse;
  /** Left out: the total. */
  row: QueryRow | undefined;
  /** Whose number it is, in words. */
  whose: string;
  onLeave: () => void;
}

const opens = { lines: 'its lines', shoppers: 'its shoppers', baskets: 'its baskets' } as const;

type Told = NonNullable<MetricMeta['leaves']>;

/** Of the total they came with the answer; those of a row are asked for. */
function useLeaves({ metric, response, row }: Props): Told | undefined {
  const { slug } = useWorkspace();
  const told = row?.member || row?.period ? undefined : response.meta.metrics[metric]?.leaves;
  const asked = told ? null : askedOf(response, row);
  const q = JSON.stringify({ ...asked, metric });
  const { data } = useQuery({
    ...optionsOf(readLeaves, { query: { workspace: slug, q } }),
    enabled: asked !== null,
  });
  return told ?? data?.leaves;
}

/** The sums and counts that a number is made of; each opens its lines, shoppers or baskets. */
export function Leaves(props: Props) {
  const { metric, response, row, whose, onLeave } = props;
  const leaves = useLeaves(props);
  const link = useLink();
  const { role } = useWorkspace();
  const asked = askedOf(response, row);
  const shapes = leavesOf(metricOf(metric));
  const style = styleOf(response, metric);
  const addressOf = (leaf: Leaf | undefined, when: 'now' | 'before', label: string) => {
    const drill = leaf && asked && drillOf(leaf, asked, when);
    if (!drill || (drill.of === 'shoppers' && role === 'viewer')) return null;
    const of = [whose, label].filter(Boolean).join(' · ');
    return { of: opens[drill.of], href: link(`/${drill.of}`, { q: JSON.stringify(drill.q), of }) };
  };
  if (!leaves) return null;
  return (
    <section className={classes.part}>
      <h3 className={classes.heading}>
        {leaves.length === 2 ? 'The two parts that it is made of' : 'What it is made of'}
      </h3>
      <dl className={classes.list}>
        {leaves.map(({ label, unit, value, previous }, at) => {
          const now = value === null ? null : addressOf(shapes[at], 'now', label);
          const before = previous === undefined || previous === null ? null : addressOf(shapes[at], 'before', label);
          const was = `was ${formatUnit(unit, previous, style)}`;
          return (
            <div key={label} className={classes.line}>
              <dt>{label}</dt>
              <dd>
                {formatUnit(unit, value, style)}
                {now && (
                  <Link href={now.href} onClick={onLeave} className={classes.opens} aria-label={`${label}: ${now.of}`}>
                    {now.of}
                  </Link>
                )}
                {previous !== undefined && (
                  <span className={classes.was}>
                    {was}
                    {before && (
                      <Link
                        href={before.href}
                        onClick={onLeave}
                        className={classes.opens}
                        aria-label={`${label} of the comparison: ${before.of}`}
                      >
                        {before.of}
                      </Link>
                    )}
                  </span>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
