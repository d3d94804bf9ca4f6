'use client';

import { useState } from 'react';
import { Alert, Button, Select, Skeleton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Confirm } from '@/components/ui/Confirm';
import { Failed } from '@/components/ui/Failed';
import { Panel } from '@/components/ui/Panel';
import { PlainTable } from '@/components/ui/PlainTable';
import { RowActions } from '@/components/ui/RowActions';
import { call } from '@/lib/client/call';
import { optionsOf } from '@/lib/client/options';
import { changePerson, listPeople, removePerson, roleMeanings, roles, type Person } from '@/lib/contract/people';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import { formatDate } from '@/lib/metrics/format-date';
import { AddPerson } from './AddPerson';
import { Named } from '@/components/ui/Named';
import classes from './People.module.css';

/** Who belongs to the workspace, and what each may. Only admins see them. */
export function People({ detail: { slug, name } }: { detail: WorkspaceDetail }) {
  const client = useQueryClient();
  const query = { workspace: slug };
  const { data, error, refetch } = useQuery(optionsOf(listPeople, { query }));
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<Person | null>(null);
  const renew = () => client.invalidateQueries({ queryKey: [listPeople.id] });
  const change = useMutation({
    mutationFn: ({ id, role }: Pick<Person, 'id' | 'role'>) =>
      call(changePerson, { params: { id }, query, body: { role } }),
    onSettled: renew,
  });
  const removal = useMutation({
    mutationFn: (id: string) => call(removePerson, { params: { id }, query }),
    onSuccess: () => {
      setLeaving(null);
      return renew();
    },
  });
  const row = (person: Person) => [
    <Named key="name" name={person.name}>
      {person.email}
    </Named>,
    <Select
      key="role"
      className={classes.role}
      size="xs"
      aria-label={`Role of ${person.name}`}
      title={`${person.role}: ${roleMeanings[person.role]}`}
      data={[...roles]}
      value={person.role}
      allowDeselect={false}
      disabled={change.isPending}
      onChange={(value) => {
        const role = roles.find((known) => known === value);
        if (role && role !== person.role) change.mutate({ id: person.id, role });
      }}
    />,
    formatDate(person.since.slice(0, 10)),
    <RowActions key="actions">
      <Button size="compact-xs" variant="default" onClick={() => setLeaving(person)}>
        Remove
      </Button>
    </RowActions>,
  ];
  return (
    <Panel
      title="People"
      subtitle={`Who belongs to ${name}, and what each may`}
      actions={
        <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
          Add
        </Button>
      }
    >
      {error && !data && <Failed error={error} retry={refetch} />}
      {!data && !error && <Skeleton height={120} aria-busy />}
      {change.error && (
        <Alert color="red" variant="light" role="alert" p="xs" mb="sm">
          {change.error.message}
        </Alert>
      )}
      {data && (
        <PlainTable
          caption="People"
          cards
          data={{
            columns: [{ label: 'Person' }, { label: 'Role' }, { label: 'Since' }, { label: '' }],
            rows: data.items.map(row),
          }}
        />
      )}
      {adding && <AddPerson workspace={slug} onAdded={renew} onClose={() => setAdding(false)} />}
      <Confirm
        opened={leaving !== null}
        onClose={() => setLeaving(null)}
        title={`Remove ${leaving?.name ?? ''}?`}
        action="Remove"
        danger
        busy={removal.isPending}
        fault={removal.error?.message}
        onConfirm={() => leaving && removal.mutate(leaving.id)}
      >
        Within seconds they see nothing of this workspace any more. Keys that they made go on working: revoke those
        apart.
      </Confirm>
    </Panel>
  );
}
