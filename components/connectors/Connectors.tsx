'use client';

import { useState } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useWorkspace } from '@/components/shell/workspace-context';
import { Moment } from '@/components/ui/Moment';
import { Confirm } from '@/components/ui/Confirm';
import { Failed } from '@/components/ui/Failed';
import { Note } from '@/components/ui/Note';
import { Panel } from '@/components/ui/Panel';
import { PlainTable } from '@/components/ui/PlainTable';
import { RowActions } from '@/components/ui/RowActions';
import { call } from '@/lib/client/call';
import { optionsOf } from '@/lib/client/options';
import {
  deleteConnector,
  listConnectorRuns,
  listConnectors,
  runConnector,
  stopConnector,
  type Connector,
} from '@/lib/contract/connectors';
import { ConnectorForm } from './ConnectorForm';
import { kinds, placeText, scheduleText } from './kinds';
import { RunState, told } from './RunState';
import { Runs } from './Runs';
import classes from './Connectors.module.css';

/** The connectors of the workspace, and what their last runs came to. */
export function Connectors() {
  const client = useQueryClient();
  const { slug } = useWorkspace();
  const query = { workspace: slug };
  const { data, error, refetch } = useQuery({
    ...optionsOf(listConnectors, { query }),
    staleTime: 2_000,
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.state !== 'idle') ? 1_500 : 15_000),
  });
  const [edited, setEdited] = useState<Connector | 'new' | null>(null);
  const [doomed, setDoomed] = useState<Connector | null>(null);
  const renew = () =>
    Promise.all([listConnectors, listConnectorRuns].map(({ id }) => client.invalidateQueries({ queryKey: [id] })));
  const running = useMutation({
    mutationFn: (id: number) => call(runConnector, { params: { id }, query }),
    onSuccess: renew,
  });
  const stopping = useMutation({
    mutationFn: (id: number) => call(stopConnector, { params: { id }, query }),
    onSuccess: renew,
  });
  const removal = useMutation({
    mutationFn: (id: number) => call(deleteConnector, { params: { id }, query }),
    onSuccess: (_, id) => {
      setDoomed(null);
      // At once: the runs of what is no more are not to be asked for.
      client.setQueryData(
        optionsOf(listConnectors, { query }).queryKey,
        (before) => before && { items: before.items.filter((one) => one.id !== id) },
      );
    },
  });
  const actionsOf = (one: Connector) => (
    <RowActions key="actions">
      {one.state === 'running' ? (
        <Button
          size="compact-xs"
          variant="light"
          color="red"
          loading={stopping.isPending && stopping.variables === one.id}
          onClick={() => stopping.mutate(one.id)}
        >
          Stop
        </Button>
      ) : (
        <Button
          size="compact-xs"
          variant="light"
          disabled={one.state !== 'idle'}
          loading={running.isPending && running.variables === one.id}
          onClick={() => running.mutate(one.id)}
        >
          Run now
        </Button>
      )}
      <Button size="compact-xs" variant="default" onClick={() => setEdited(one)}>
        Edit
      </Button>
      <Button size="compact-xs" variant="default" onClick={() => setDoomed(one)}>
        Delete
      </Button>
    </RowActions>
  );
  const row = (one: Connector) => [
    <span key="name">
      <span className={classes.name}>{one.name}</span>
      <span className={`${classes.quiet} ${classes.block}`} title={placeText(one.source)}>
        {kinds[one.source.kind].label} · {placeText(one.source)}
      </span>
    </span>,
    <RunState key="state" state={one.state === 'waiting' ? 'waiting' : (one.lastRun?.state ?? 'never')} />,
    <span key="last">
      {one.lastRun ? <Moment iso={one.lastRun.startedAt} /> : '–'}
      {one.lastRun?.error && <span className={told(one.lastRun.state)}>{one.lastRun.error}</span>}
      {one.lastRun?.notes[0] && (
        <span className={`${classes.quiet} ${classes.block}`}>
          {one.lastRun.notes[0]}
          {one.lastRun.notes.length > 1 && ` And ${one.lastRun.notes.length - 1} more, see its runs.`}
        </span>
      )}
    </span>,
    <span key="schedule">
      {scheduleText(one.scheduleSeconds)}
      <span className={`${classes.quiet} ${classes.block}`}>
        {one.nextRunAt && one.state === 'idle' && (
          <>
            next <Moment iso={one.nextRunAt} />
          </>
        )}
      </span>
    </span>,
    one.publish ? 'By itself' : 'By hand',
    actionsOf(one),
  ];
  return (
    <>
      <Panel
        title="Connectors"
        subtitle="They fetch files by themselves; what they fetch is checked as every upload is"
        actions={
          <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setEdited('new')}>
            New connector
          </Button>
        }
      >
        {error && !data && <Failed error={error} retry={refetch} />}
        {(running.error ?? stopping.error) && (
          <p className={classes.fault}>{(running.error ?? stopping.error)?.message}</p>
        )}
        {!data && !error && <Skeleton height={140} aria-busy />}
        {data?.items.length === 0 && (
          <Note icon={<IconPlugConnected size={26} stroke={1.4} />} title="No connectors yet" minHeight={140}>
            Add one for a folder, a bucket, an address or a Shopify store that new files come from. Programs that send
            lines themselves need none: they push them with an API key.
          </Note>
        )}
        {data && data.items.length > 0 && (
          <PlainTable
            caption="List of connectors"
            cards
            data={{
              columns: [
                { label: 'Connector' },
                { label: 'State' },
                { label: 'Last run', wraps: true },
                { label: 'Runs' },
                { label: 'Publishes' },
                { label: '' },
              ],
              rows: data.items.map(row),
            }}
          />
        )}
      </Panel>
      {data && data.items.some(({ lastRun }) => lastRun) && <Runs connectors={data.items} />}
      {edited && (
        <ConnectorForm
          workspace={slug}
          connector={edited === 'new' ? null : edited}
          onSaved={renew}
          onClose={() => setEdited(null)}
        />
      )}
      <Confirm
        opened={doomed !== null}
        onClose={() => setDoomed(null)}
        title={`Delete ${doomed?.name ?? ''}?`}
        action="Delete"
        danger
        busy={removal.isPending}
        fault={removal.error?.message}
        onConfirm={() => doomed && removal.mutate(doomed.id)}
      >
        Its secrets and the list of its runs go with it. What it has loaded stays, and can be reverted on the page Data.
      </Confirm>
    </>
  );
}
