'use client';

import { useState } from 'react';
import { Anchor, Select, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { fileSize, formatCount } from '@/components/imports/states';
import { useLink, useWorkspace } from '@/components/shell/workspace-context';
import { Moment } from '@/components/ui/Moment';
import { Failed } from '@/components/ui/Failed';
import Link from '@/components/ui/Link';
import { Panel } from '@/components/ui/Panel';
import { PlainTable } from '@/components/ui/PlainTable';
import { optionsOf } from '@/lib/client/options';
import { listConnectorRuns, type Connector, type ConnectorRun } from '@/lib/contract/connectors';
import { RunState, told } from './RunState';
import classes from './Connectors.module.css';

/** The last runs of a connector: what they brought, and what it took. */
export function Runs({ connectors }: { connectors: readonly Connector[] }) {
  const { slug } = useWorkspace();
  const link = useLink();
  const [chosen, setChosen] = useState<number | null>(null);
  const latest = [...connectors].sort((a, b) => (b.lastRun?.id ?? 0) - (a.lastRun?.id ?? 0))[0];
  const shown = connectors.find(({ id }) => id === chosen) ?? latest;
  const { data, error, refetch } = useQuery({
    ...optionsOf(listConnectorRuns, { params: { id: shown?.id ?? 0 }, query: { workspace: slug } }),
    enabled: shown !== undefined,
    staleTime: 1_000,
    // The connector may be known to be idle before its run is known to have ended.
    refetchInterval: ({ state }) =>
      shown?.state !== 'idle' || state.data?.items.some((run) => run.state === 'running') ? 1_500 : 15_000,
  });
  const row = ({ state, startedAt, endedAt, error: fault, imports, notes, statistics: did }: ConnectorRun) => [
    <span key="at">
      <Moment iso={startedAt} />
      <span className={`${classes.quiet} ${classes.block}`}>{endedAt ? lasted(startedAt, endedAt) : ''}</span>
    </span>,
    <RunState key="state" state={state} />,
    formatCount(did.files),
    formatCount(did.rows),
    formatCount(did.requests),
    formatCount(did.retries),
    fileSize(did.bytes),
    <span key="said">
      {imports.map((id, at) => (
        <span key={id}>
          {at > 0 && ', '}
          <Anchor component={Link} href={link(`/data/${id}`)} size="sm">
            import {id}
          </Anchor>
        </span>
      ))}
      {fault && <span className={told(state)}>{fault}</span>}
      {notes.length > 0 && (
        <ul className={`${classes.quiet} ${classes.notes}`}>
          {notes.slice(0, 10).map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </span>,
  ];
  return (
    <Panel
      title="Runs"
      subtitle={shown ? `Of ${shown.name}, newest first` : ''}
      actions={
        connectors.length > 1 && (
          <Select
            size="xs"
            aria-label="Runs of"
            data={connectors.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={shown ? String(shown.id) : null}
            allowDeselect={false}
            onChange={(value) => setChosen(Number(value))}
          />
        )
      }
    >
      {error && !data && <Failed error={error} retry={refetch} />}
      {!data && !error && <Skeleton height={140} aria-busy />}
      {data && (
        <PlainTable
          caption="List of runs"
          cards
          maxHeight={420}
          data={{
            columns: [
              { label: 'Begun' },
              { label: 'State' },
              { label: 'Files', numeric: true },
              { label: 'Rows', numeric: true },
              { label: 'Requests', numeric: true },
              { label: 'Retries', numeric: true },
              { label: 'Read', numeric: true },
              { label: 'Came to', wraps: true },
            ],
            rows: data.items.map(row),
          }}
        />
      )}
    </Panel>
  );
}

function lasted(from: string, to: string): string {
  const seconds = (Date.parse(to) - Date.parse(from)) / 1_000;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60).toLocaleString('en-US')} min`;
}
