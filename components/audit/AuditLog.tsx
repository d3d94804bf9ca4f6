'use client';

import { Button, Select, Skeleton, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useWorkspace } from '@/components/shell/workspace-context';
import { CursorPager, useCursors } from '@/components/ui/CursorPager';
import { Failed } from '@/components/ui/Failed';
import { Moment } from '@/components/ui/Moment';
import { Named } from '@/components/ui/Named';
import { Note } from '@/components/ui/Note';
import { Panel } from '@/components/ui/Panel';
import { PlainTable } from '@/components/ui/PlainTable';
import { addressOf } from '@/lib/client/call';
import { optionsOf } from '@/lib/client/options';
import { auditActions, exportAudit, listAudit, type AuditAction, type AuditEntry } from '@/lib/contract/audit';
import { tellDetail, tellSubject } from './detail';
import classes from './AuditLog.module.css';

const actions = Object.keys(auditActions) as AuditAction[];
const size = 50;
const toLabel = (action: string): string => auditActions[action as AuditAction] ?? action;

/** The reader's midnight at which a day begins, or the day after it. */
function midnight(day: string | null, later = 0): string | undefined {
  const at = new Date(`${day ?? ''}T00:00`);
  if (Number.isNaN(at.getTime())) return undefined;
  at.setDate(at.getDate() + later);
  return at.toISOString();
}

const row = (entry: AuditEntry) => [
  <Moment key="at" iso={entry.at} />,
  entry.name,
  toLabel(entry.action),
  entry.called === null ? (
    tellSubject(entry.subject)
  ) : (
    <Named key="of" name={entry.called}>
      {entry.subject}
    </Named>
  ),
  tellDetail(entry),
];

/** Who did what and when, with what is chosen of it in the address. Only admins see it. */
export function AuditLog() {
  const { slug } = useWorkspace();
  const [{ by, action, since, until }, choose] = useQueryStates({
    by: parseAsString,
    action: parseAsStringLiteral(actions),
    // Not the names of the view's dates, which links bring along.
    since: parseAsString,
    until: parseAsString,
  });
  const walk = useCursors();
  const from = midnight(since);
  const before = midnight(until, 1);
  const filters = {
    workspace: slug,
    ...(by !== null && { by }),
    ...(action !== null && { action }),
    ...(from !== undefined && { from }),
    ...(before !== undefined && { before }),
  };
  const { data, error, refetch } = useQuery({
    ...optionsOf(listAudit, { query: { ...filters, limit: size, ...(walk.cursor && { cursor: walk.cursor }) } }),
    staleTime: 0,
    placeholderData: (shown) => shown,
  });
  const change = (chosen: Parameters<typeof choose>[0]): void => {
    walk.begin();
    void choose(chosen);
  };
  return (
    <Panel
      title="What was done"
      subtitle={
        data ? `${data.total.toLocaleString('en-US')} ${data.total === 1 ? 'entry' : 'entries'}, newest first` : ' '
      }
      actions={
        <Button
          component="a"
          size="xs"
          href={addressOf(exportAudit, { query: filters })}
          download
          variant="default"
          leftSection={<IconDownload size={14} />}
        >
          CSV
        </Button>
      }
    >
      <div className={classes.filters} role="group" aria-label="Which entries">
        <Select
          size="xs"
          label="By"
          placeholder="Anybody"
          clearable
          searchable
          data={(data?.people ?? []).map((one) => ({ value: one.by, label: one.name }))}
          value={by}
          onChange={(value) => change({ by: value })}
        />
        <Select
          size="xs"
          label="Action"
          placeholder="Any"
          clearable
          searchable
          data={actions.map((value) => ({ value, label: auditActions[value] }))}
          value={action}
          onChange={(value) => change({ action: actions.find((one) => one === value) ?? null })}
        />
        <TextInput
          size="xs"
          type="date"
          label="From"
          value={since ?? ''}
          onChange={(event) => change({ since: event.currentTarget.value || null })}
        />
        <TextInput
          size="xs"
          type="date"
          label="To"
          value={until ?? ''}
          onChange={(event) => change({ until: event.currentTarget.value || null })}
        />
      </div>
      {error && !data && <Failed error={error} retry={refetch} />}
      {!data && !error && <Skeleton height={320} aria-busy />}
      {data?.items.length === 0 && (
        <Note title="Nothing of this was done" minHeight={140}>
          Choose other people, actions or dates.
        </Note>
      )}
      {data && data.items.length > 0 && (
        <PlainTable
          caption="What was done"
          cards
          data={{
            columns: [
              { label: 'When' },
              { label: 'Who' },
              { label: 'Action' },
              { label: 'What' },
              { label: 'Detail', wraps: true },
            ],
            rows: data.items.map(row),
          }}
        />
      )}
      {data && <CursorPager walk={walk} size={size} answer={data} of="entries" />}
    </Panel>
  );
}
