'use client';

import { useState } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@/lib/client/call';
import { optionsOf } from '@/lib/client/options';
import { deleteGroup, listGroups, type CustomGroup } from '@/lib/contract/groups';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import { kinds, memberKinds, type MemberKind } from '@/components/filters/slice-kinds';
import { Confirm } from '@/components/ui/Confirm';
import { Failed } from '@/components/ui/Failed';
import { Note } from '@/components/ui/Note';
import { Panel } from '@/components/ui/Panel';
import { GroupForm } from './GroupForm';
import { Named } from '@/components/ui/Named';
import classes from './Groups.module.css';

/** Which conditions a rule has, in words. */
function conditionsOf({ rule }: CustomGroup): string {
  const { exclude, name, attributes, ...lists } = rule;
  const told = (given: Partial<Record<MemberKind, number[] | undefined>>, not: string): string[] =>
    memberKinds.flatMap((kind) => {
      const count = given[kind]?.length ?? 0;
      const { one, many } = kinds[kind];
      return count > 0 ? [`${count} ${count === 1 ? one.toLowerCase() : many}${not}`] : [];
    });
  const named = (given: typeof attributes, not: string): string[] =>
    (given ?? []).map((one) => `${one.name}${not}: ${one.values.join(', ')}`);
  const { attributes: left, ...leftLists } = exclude ?? {};
  return [
    ...told(lists, ''),
    ...named(attributes, ''),
    ...(name ? [`“${name}” in the name`] : []),
    ...told(leftLists, ' left out'),
    ...named(left, ' not'),
  ].join(' · ');
}

/** The custom groups of the workspace; analysts make, change and delete them. */
export function Groups({ detail: { slug, role } }: { detail: WorkspaceDetail }) {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(optionsOf(listGroups, { query: { workspace: slug, limit: 100 } }));
  const [edited, setEdited] = useState<CustomGroup | 'new' | null>(null);
  const [doomed, setDoomed] = useState<CustomGroup | null>(null);
  const removal = useMutation({
    mutationFn: (id: number) => call(deleteGroup, { params: { id }, query: { workspace: slug } }),
    onSuccess: () => {
      setDoomed(null);
      return client.invalidateQueries();
    },
  });
  const mayWrite = role !== 'viewer';
  return (
    <Panel
      title="Groups"
      subtitle="Brands or products that act as a brand, stores that act as a region: filter by them, or by what they leave"
      actions={
        mayWrite && (
          <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setEdited('new')}>
            New group
          </Button>
        )
      }
    >
      {error && !data && <Failed error={error} retry={refetch} />}
      {!data && !error && <Skeleton height={120} aria-busy />}
      {data?.items.length === 0 && (
        <Note title="No groups yet" minHeight={120}>
          {mayWrite ? 'Make one of a list, or of a rule that new products and stores fall in by themselves.' : null}
        </Note>
      )}
      {data && data.items.length > 0 && (
        <div className={classes.scroll} tabIndex={0} role="region" aria-label="List of groups">
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">Group</th>
                <th scope="col" data-numeric>
                  Holds
                </th>
                <th scope="col" aria-label="Actions" />
              </tr>
            </thead>
            <tbody>
              {data.items.map((group) => (
                <tr key={group.id}>
                  <td>
                    <Named name={group.name}>{conditionsOf(group)}</Named>
                  </td>
                  <td data-numeric>
                    {group.members.toLocaleString('en-US')} {group.kind}
                    {group.members === 1 ? '' : 's'}
                  </td>
                  <td>
                    {mayWrite && (
                      <div className={classes.actions}>
                        <Button size="compact-xs" variant="default" onClick={() => setEdited(group)}>
                          Change
                        </Button>
                        <Button size="compact-xs" variant="default" onClick={() => setDoomed(group)}>
                          Delete
                        </Button>
                      </div>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {edited && (
        <GroupForm workspace={slug} group={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
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
        Its members stay. Links that filter by this group will no longer work.
      </Confirm>
    </Panel>
  );
}
