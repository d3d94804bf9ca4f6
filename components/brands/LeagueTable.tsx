'use client';

import type { MouseEvent } from 'react';
import Link from '@/components/ui/Link';
import { useRouter } from 'next/navigation';
import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconSelector } from '@tabler/icons-react';
import { Sparkline } from '@/components/charts/Sparkline';
import { colourOf } from '@/components/charts/colours';
import { MetricChange, MetricValue } from '@/components/metrics/MetricValue';
import type { QueryResponse, QueryRow } from '@/lib/contract/query';
import { metricOf } from '@/lib/metrics/catalog';
import type { Column } from './columns';
import classes from './LeagueTable.module.css';

interface Props {
  response: QueryResponse;
  columns: readonly Column[];
  by: 'brand' | 'manufacturer';
  sort: string;
  onSort: (id: string) => void;
  /** Rank of the first row; null where the order is no ranking. */
  firstRank: number | null;
  withTotal: boolean;
  seriesOf: (id: number) => (number | null)[] | undefined;
  hrefOf: (id: number) => string;
}

function Head({
  id,
  label,
  sort,
  onSort,
  note,
}: { id: string; label: string; note?: string | undefined } & Pick<Props, 'sort' | 'onSort'>) {
  const state = sort === id ? 'ascending' : sort === `-${id}` ? 'descending' : 'none';
  const Icon = state === 'none' ? IconSelector : state === 'ascending' ? IconArrowUp : IconArrowDown;
  return (
    <th
      scope="col"
      aria-sort={state}
      data-sorted={state !== 'none' || undefined}
      className={id === 'name' ? classes.name : undefined}
    >
      <Tooltip label={note} disabled={!note}>
        <UnstyledButton className={classes.sort} onClick={() => onSort(id)}>
          {label}
          <Icon size={13} stroke={1.8} aria-hidden className={classes.arrow} />
        </UnstyledButton>
      </Tooltip>
    </th>
  );
}

function Cell({
  column: { metric, change },
  row,
  response,
}: {
  column: Column;
  row: QueryRow;
  response: QueryResponse;
}) {
  if (change) return <MetricChange metric={metric} row={row} response={response} />;
  return (
    <>
      <MetricValue metric={metric} row={row} response={response} compact />
      {metric === 'value_share' && row.market && (
        <span className={classes.market} title={row.market}>
          of {row.market}
        </span>
      )}
    </>
  );
}

const reasonOf = ({ meta }: QueryResponse, { metric }: Column): string | undefined => {
  const told = meta.metrics[metric];
  return told?.state === 'unavailable' ? told.reason : metricOf(metric).description;
};

/** Members in rows, numbers in columns; head and names stay in sight. A row opens the member's page. */
export function LeagueTable({ response, columns, by, sort, onSort, firstRank, withTotal, seriesOf, hrefOf }: Props) {
  const router = useRouter();
  const open = (event: MouseEvent, href: string) => {
    const { target } = event;
    const own = target instanceof Element && target.closest('a, button');
    // Marking text is no press.
    if (!own && !window.getSelection()?.toString()) router.push(href);
  };
  const [total] = response.totals;
  const low = response.rows.some((row) => row.lowBase?.length);
  const head = { sort, onSort };
  return (
    <>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label="League table">
        <table className={classes.table}>
          <caption className="sr-only">League table: press a column’s head to sort by it</caption>
          <thead>
            <tr>
              <Head id="name" label={by === 'brand' ? 'Brand' : 'Manufacturer'} {...head} />
              <th scope="col" className={classes.trend}>
                Sales trend
              </th>
              {columns.map((column) => (
                <Head key={column.id} id={column.id} label={column.label} note={reasonOf(response, column)} {...head} />
              ))}
            </tr>
          </thead>
          <tbody>
            {withTotal && total && (
              <tr className={classes.total}>
                <th scope="row" className={classes.name}>
                  All of the slice
                </th>
                <td className={classes.trend} />
                {columns.map((column) => (
                  <td key={column.id}>
                    <Cell column={column} row={total} response={response} />
                  </td>
                ))}
              </tr>
            )}
            {response.rows.map((row, index) => {
              const id = row.member?.id ?? null;
              const name = row.member?.name ?? (by === 'brand' ? 'No brand' : 'No manufacturer');
              const href = id === null ? null : hrefOf(id);
              const series = id === null ? undefined : seriesOf(id);
              return (
                <tr
                  key={`${id}:${name}`}
                  className={href ? classes.open : undefined}
                  onClick={href ? (event) => open(event, href) : undefined}
                >
                  <th scope="row" className={classes.name}>
                    <span className={classes.member}>
                      {firstRank !== null && <span className={classes.rank}>{firstRank + index}</span>}
                      <span
                        className={classes.dot}
                        style={{ background: by === 'brand' ? colourOf(id) : 'var(--compare)' }}
                      />
                      <span className={classes.names}>
                        {href ? (
                          <Link href={href} className={classes.link} title={name}>
                            {name}
                          </Link>
                        ) : (
                          name
                        )}
                        {row.member?.parent && <span className={classes.parent}>{row.member.parent}</span>}
                      </span>
                    </span>
                  </th>
                  <td className={classes.trend}>
                    {series && (
                      <Sparkline values={series} width={84} height={26} label={`Value sales of ${name} over time`} />
                    )}
                  </td>
                  {columns.map((column) => (
                    <td key={column.id}>
                      <Cell column={column} row={row} response={response} />
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {low && (
        <p className={classes.note}>
          <span className={classes.star}>*</span> Low base: fewer than {response.meta.lowBase} buyers. Read with care.
        </p>
      )}
    </>
  );
}
