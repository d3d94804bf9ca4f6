'use client';

import { useState } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { IconCircleDashed, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import states from '@/components/imports/imports.module.css';
import { Confirm } from '@/components/ui/Confirm';
import { Failed } from '@/components/ui/Failed';
import { Note } from '@/components/ui/Note';
import { Panel } from '@/components/ui/Panel';
import { PlainTable } from '@/components/ui/PlainTable';
import { RowActions } from '@/components/ui/RowActions';
import { call } from '@/lib/client/call';
import { optionsOf } from '@/lib/client/options';
import { listKeys, revokeKey, scopeMeanings, type ApiKey } from '@/lib/contract/keys';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import { formatDate } from '@/lib/metrics/format-date';
import { NewKey } from './NewKey';
import { Named } from '@/components/ui/Named';

const day = (time: string | null): string => (time === null ? 'never' : formatDate(time.slice(0, 10)));

/** The API keys of the workspace: what programs come in with. Only admins see them. */
export function Keys({ detail: { slug } }: { detail: WorkspaceDetail }) {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(optionsOf(listKeys, { query: { workspace: slug } }));
  const [making, setMaking] = useState(false);
  const [doomed, setDoomed] = useState<ApiKey | null>(null);
  const renew = () => client.invalidateQueries({ queryKey: [listKeys.id] });
  const revocation = useMutation({
    mutationFn: (id: number) => call(revokeKey, { params: { id }, query: { workspace: slug } }),
    onSuccess: () => {
      setDoomed(null);
      return renew();
    },
  });
  const row = (key: ApiKey) => [
    <Named key="name" name={key.name}>
      <code>{key.prefix}…</code> {key.createdBy && `by ${key.createdBy}`}
    </Named>,
    <span key="scope" title={scopeMeanings[key.scope]}>
      {key.scope}
    </span>,
    day(key.lastUsedAt),
    key.state === 'active' ? (
      day(key.expiresAt)
    ) : (
      <span key="state" className={states.badge} data-tone="quiet">
        <IconCircleDashed size={13} aria-hidden />
        {key.state === 'revoked' ? 'Revoked' : 'Expired'}
      </span>
    ),
    key.state === 'active' && (
      <RowActions key="actions">
        <Button size="compact-xs" variant="default" onClick={() => setDoomed(key)}>
          Revoke
        </Button>
      </RowActions>
    ),
  ];
  return (
    <Panel
      title="API keys"
      subtitle="Programs send them to read numbers and to load data; each key opens this workspace alone"
      actions={
        <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setMaking(true)}>
          New key
        </Button>
      }
    >
      {error && !data && <Failed error={error} retry={refetch} />}
      {!data && !error && <Skeleton height={120} aria-busy />}
      {data?.items.length === 0 && (
        <Note title="No keys yet" minHeight={120}>
          Make one for each program, so that it can be revoked alone.
        </Note>
      )}
      {data && data.items.length > 0 && (
        <PlainTable
          caption="API keys"
          cards
          data={{
            columns: [
              { label: 'Key' },
              { label: 'Scope' },
              { label: 'Last used' },
              { label: 'Expires' },
              { label: '' },
            ],
            rows: data.items.map(row),
          }}
        />
      )}
      {making && <NewKey workspace={slug} onMade={renew} onClose={() => setMaking(false)} />}
      <Confirm
        opened={doomed !== null}
        onClose={() => setDoomed(null)}
        title={`Revoke ${doomed?.name ?? ''}?`}
        action="Revoke"
        danger
        busy={revocation.isPending}
        fault={revocation.error?.message}
        onConfirm={() => doomed && revocation.mutate(doomed.id)}
      >
        Within seconds the program that uses it is let in no more. This cannot be taken back.
      </Confirm>
    </Panel>
  );
}
