'use client';

import { useState } from 'react';
import { Button, Loader, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCircleDashed, IconShieldCheck } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { call } from '@/lib/client/call';
import { workspaceOptions } from '@/lib/client/options';
import { verifyRollups, type WorkspaceDetail } from '@/lib/contract/workspaces';
import { formatAge } from '@/lib/metrics/format-date';
import { Moment } from '@/components/ui/Moment';
import { Panel } from '@/components/ui/Panel';
import classes from './data.module.css';

type Check = NonNullable<WorkspaceDetail['lastCheck']>;

const levels: [RegExp, string][] = [
  [/^sales_day = /, 'Sales by day'],
  [/^sales_month = /, 'Sales by month'],
  [/^sales_day_place/, 'Sales by day and place'],
  [/^sales_month_place/, 'Sales by month and place'],
  [/^sales_product_month/, 'Sales by product and month'],
  [/^sales_product_day/, 'Sales by product and day'],
  [/^shopper_day = /, 'Shoppers by day'],
  [/^shopper_month = /, 'Shoppers by month'],
  [/^shopper_month_store/, 'Shoppers by month and store'],
  [/^spend_month/, 'Spend by shopper and month'],
  [/^item_month/, 'Products by store and month'],
];

/** A check by the words of the pages, where its name is a table's. */
const nameOf = (name: string): string => {
  const known = levels.find(([pattern]) => pattern.test(name))?.[1];
  const plain = known ? `${known} = lines` : name.replaceAll('_', ' ');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
};

const count = ({ checks }: Check): string =>
  checks.reduce((sum, { compared }) => sum + compared, 0).toLocaleString('en-US');

function Verdict({ check, dataVersion, busy }: { check: Check | null; dataVersion: number; busy: boolean }) {
  if (busy) {
    return (
      <p className={classes.verdict} role="status">
        <Loader size={16} aria-hidden /> Comparing every rollup with the lines, month by month…
      </p>
    );
  }
  if (!check) {
    return (
      <p className={classes.verdict}>
        <IconCircleDashed size={18} aria-hidden /> Not verified yet
      </p>
    );
  }
  const differences = check.checks.reduce((sum, { differences: found }) => sum + found.length, 0);
  const older = check.dataVersion < dataVersion;
  return (
    <p className={classes.verdict} data-tone={check.ok === false ? 'bad' : check.ok && !older ? 'good' : undefined}>
      {check.ok ? <IconShieldCheck size={18} aria-hidden /> : <IconAlertTriangle size={18} aria-hidden />}
      {check.ok && 'Every rollup equals the lines'}
      {check.ok === false && `${differences} ${differences === 1 ? 'difference' : 'differences'} from the lines`}
      {check.ok === null && 'Nothing differs, but not everything could be checked'}
      {older && ', before the last change of the data'}
    </p>
  );
}

/** The last proof that what pages read equals the lines under it. */
export function Verification({ detail, workspace }: { detail: WorkspaceDetail; workspace: string }) {
  const { lastCheck: check, role } = detail;
  /** The check that was the last one when another was asked for. */
  const [asked, setAsked] = useState<string | null | undefined>(undefined);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => call(verifyRollups, { query: { workspace } }),
    onMutate: () => setAsked(check?.startedAt ?? null),
    onError: () => setAsked(undefined),
  });
  const busy = asked !== undefined && (check?.startedAt ?? null) === asked;
  // A publish asks for a verification by itself: its result comes a little later.
  const awaited = check !== null && check.dataVersion < detail.meta.dataVersion;
  useQuery({ ...workspaceOptions(workspace), refetchInterval: busy ? 1_000 : awaited ? 4_000 : false });
  const seconds = check?.finishedAt ? (Date.parse(check.finishedAt) - Date.parse(check.startedAt)) / 1_000 : null;
  return (
    <Panel
      title="Verification"
      subtitle="Proves that the sums and counts behind every page equal the lines, and what must always hold of them"
      actions={
        role !== 'viewer' && (
          <Tooltip label="Compares every rollup of the workspace with its lines, and shares, changes and buyers with what they must add up to">
            <Button variant="default" loading={isPending || busy} onClick={() => mutate()}>
              Verify now
            </Button>
          </Tooltip>
        )
      }
    >
      <Verdict check={check} dataVersion={detail.meta.dataVersion} busy={busy} />
      {error && (
        <p className={classes.fault} role="alert">
          {error.message}
        </p>
      )}
      {check && (
        <>
          <p className={classes.quiet}>
            <Moment iso={check.finishedAt ?? check.startedAt} />, data version {check.dataVersion}
            {seconds !== null && <>, {seconds < 60 ? `${seconds.toFixed(1)} s` : formatAge(seconds)}</>}
          </p>
          <details className={classes.compared} open={check.ok !== true}>
            <summary>{`${check.checks.length} checks of ${count(check)} slices`}</summary>
            <ul className={classes.checks} aria-label="What was compared">
              {check.checks.map(({ name, compared, differences, unavailable, unchecked }) => (
                <li key={name} data-bad={differences.length > 0 || undefined}>
                  <span>{nameOf(name)}</span>
                  <span className={classes.outcome}>
                    {differences.length > 0
                      ? `${differences.length} differ`
                      : unchecked
                        ? 'not checked'
                        : unavailable
                          ? 'n/a'
                          : compared.toLocaleString('en-US')}
                  </span>
                  {(unchecked ?? unavailable) && <p className={classes.why}>{unchecked ?? unavailable}</p>}
                  {differences.length > 0 && (
                    <ul>
                      {differences.map((difference) => (
                        <li key={difference}>{difference}</li>
                      ))}
                    </ul>
                  )}
                </li>
              ))}
            </ul>
          </details>
        </>
      )}
    </Panel>
  );
}
