'use client';

import { useState } from 'react';
import { Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '@/lib/client/call';
import { changeGroup, createGroup, type CustomGroup, type GroupKind, type GroupRule } from '@/lib/contract/groups';
import { MemberList } from '@/components/filters/MemberList';
import { kinds, type MemberKind } from '@/components/filters/slice-kinds';
import { DialogForm } from '@/components/ui/DialogForm';

/** What a group can be told by, here; rules by attribute and exclusion are kept as they are. */
const conditions = {
  brand: ['brand', 'manufacturer'],
  product: ['product', 'brand', 'manufacturer', 'category'],
  store: ['store', 'region', 'channel'],
} as const satisfies Record<GroupKind, readonly MemberKind[]>;
type Condition = (typeof conditions)[GroupKind][number];

interface Props {
  workspace: string;
  /** Null: a new one. */
  group: CustomGroup | null;
  onClose: () => void;
}

/** Makes or changes a group. Conditions of several kinds must all be met. */
export function GroupForm({ workspace, group, onClose }: Props) {
  const client = useQueryClient();
  const [name, setName] = useState(group?.name ?? '');
  const [kind, setKind] = useState<GroupKind>(group?.kind ?? 'brand');
  const [rule, setRule] = useState<GroupRule>(group?.rule ?? {});
  const [shown, setShown] = useState<Condition>(conditions[kind][0]);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      group
        ? call(changeGroup, { params: { id: group.id }, query: { workspace }, body: { name, rule } })
        : call(createGroup, { query: { workspace }, body: { name, kind, rule } }),
    onSuccess: () => {
      onClose();
      return client.invalidateQueries();
    },
  });
  const set = (part: Partial<GroupRule>) => {
    const kept = Object.entries({ ...rule, ...part }).filter(
      ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    );
    setRule(Object.fromEntries(kept));
  };
  return (
    <Modal opened onClose={onClose} title={group ? 'Change the group' : 'New group'}>
      <DialogForm
        action="Save"
        lacking={Object.keys(rule).length === 0 || !name.trim()}
        isPending={isPending}
        error={error?.message}
        onSubmit={() => mutate()}
        onCancel={onClose}
      >
        <TextInput
          data-autofocus
          required
          label="Name"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {!group && (
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label="A group of"
            value={kind}
            onChange={(next) => {
              setKind(next);
              setShown(conditions[next][0]);
              setRule({});
            }}
            data={[
              { value: 'brand', label: 'Brands' },
              { value: 'product', label: 'Products' },
              { value: 'store', label: 'Stores' },
            ]}
          />
        )}
        <SegmentedControl<Condition>
          fullWidth
          size="xs"
          aria-label="Condition"
          value={shown}
          onChange={setShown}
          data={conditions[kind].map((one) => {
            const chosen = rule[one]?.length ?? 0;
            return { value: one, label: chosen > 0 ? `${kinds[one].one} (${chosen})` : kinds[one].one };
          })}
        />
        <div>
          <MemberList
            key={shown}
            workspace={workspace}
            kind={shown}
            chosen={rule[shown] ?? []}
            onChange={(ids) => set({ [shown]: ids })}
          />
        </div>
        <TextInput
          label="Text in the name"
          description={`Only ${kind}s whose name holds it, in any case`}
          maxLength={100}
          value={rule.name ?? ''}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
      </DialogForm>
    </Modal>
  );
}
