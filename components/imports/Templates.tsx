'use client';

import { useState } from 'react';
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@/lib/client/call';
import { optionsOf } from '@/lib/client/options';
import { forgetTemplate, listTemplates, renameTemplate, type Template } from '@/lib/contract/templates';
import { formatDate } from '@/lib/metrics/format-date';
import { useWorkspace } from '@/components/shell/workspace-context';
import { Confirm } from '@/components/ui/Confirm';
import { Failed } from '@/components/ui/Failed';
import { Panel } from '@/components/ui/Panel';
import { PlainTable } from '@/components/ui/PlainTable';
import { RowActions } from '@/components/ui/RowActions';
import { kindNames } from './states';
import { TemplateFixes } from './TemplateFixes';

function Rename({ template, onClose }: { template: Template; onClose: () => void }) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const [name, setName] = useState(template.name);
  const saving = useMutation({
    mutationFn: () =>
      call(renameTemplate, { params: { id: template.id }, query: { workspace: slug }, body: { name: name.trim() } }),
    onSuccess: () => {
      onClose();
      return client.invalidateQueries({ queryKey: [listTemplates.id] });
    },
  });
  return (
    <Modal opened onClose={onClose} title="Rename mapping">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        <TextInput
          label="Name"
          value={name}
          maxLength={255}
          data-autofocus
          error={saving.error?.message}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" size="sm" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" size="sm" loading={saving.isPending} disabled={name.trim() === ''}>
            Rename
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

/** The mappings that files are recognised by. Nothing is shown before there is one. */
export function Templates() {
  const { slug, role } = useWorkspace();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(optionsOf(listTemplates, { query: { workspace: slug } }));
  const [named, setNamed] = useState<Template | null>(null);
  const [doomed, setDoomed] = useState<Template | null>(null);
  const [shown, setShown] = useState<number | null>(null);
  const corrected = data?.items.find(({ id }) => id === shown);
  const forgetting = useMutation({
    mutationFn: (id: number) => call(forgetTemplate, { params: { id }, query: { workspace: slug } }),
    onSuccess: () => {
      setDoomed(null);
      return client.invalidateQueries({ queryKey: [listTemplates.id] });
    },
  });
  const title = 'Remembered mappings';
  if (error && !data)
    return (
      <Panel title={title}>
        <Failed error={error} retry={refetch} />
      </Panel>
    );
  if (!data || data.items.length === 0) return null;
  const hasFixes = data.items.some(({ fixes }) => fixes.length > 0);
  const fixesOf = (template: Template) =>
    template.fixes.length === 0 ? (
      '–'
    ) : (
      <Button key="fixes" size="compact-xs" variant="light" onClick={() => setShown(template.id)}>
        {template.fixes.length === 1 ? '1 value' : `${template.fixes.length} values`}
      </Button>
    );
  const row = (template: Template) => [
    <span key="name" title={template.columns.join(', ')}>
      {template.name}
    </span>,
    kindNames[template.kind],
    template.columns.length,
    `${formatDate(template.usedAt.slice(0, 10))}, ${template.fileName}`,
    ...(hasFixes ? [fixesOf(template)] : []),
    role !== 'viewer' && (
      <RowActions key="actions">
        <Button size="compact-xs" variant="default" onClick={() => setNamed(template)}>
          Rename
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => setDoomed(template)}>
          Forget
        </Button>
      </RowActions>
    ),
  ];
  return (
    <Panel
      title={title}
      subtitle="A file with the same header, in whatever order and case, is mapped as the last one that was published"
    >
      <PlainTable
        caption="Remembered mappings"
        cards
        data={{
          columns: [
            { label: 'Name' },
            { label: 'Holds' },
            { label: 'Columns', numeric: true },
            { label: 'Last used' },
            ...(hasFixes ? [{ label: 'Corrections' }] : []),
            { label: '', numeric: true },
          ],
          rows: data.items.map(row),
        }}
      />
      {corrected && <TemplateFixes template={corrected} onClose={() => setShown(null)} />}
      {named && <Rename template={named} onClose={() => setNamed(null)} />}
      <Confirm
        opened={doomed !== null}
        onClose={() => setDoomed(null)}
        title={`Forget ${doomed?.name ?? ''}?`}
        action="Forget"
        danger
        busy={forgetting.isPending}
        fault={forgetting.error?.message}
        onConfirm={() => doomed && forgetting.mutate(doomed.id)}
      >
        The next such file is mapped by its names and values. What is loaded stays as it is.
      </Confirm>
    </Panel>
  );
}
