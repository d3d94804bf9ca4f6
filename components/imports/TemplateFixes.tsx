'use client';

import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '@/lib/client/call';
import { dropTemplateFix, listTemplates, type Template } from '@/lib/contract/templates';
import { useWorkspace } from '@/components/shell/workspace-context';
import { Moment } from '@/components/ui/Moment';
import { PlainTable } from '@/components/ui/PlainTable';
import classes from './problems.module.css';

interface Props {
  template: Template;
  onClose: () => void;
}

/** What files with a remembered mapping are read with; removed, it holds for those to come no more. */
export function TemplateFixes({ template: { id, name, fixes }, onClose }: Props) {
  const { slug, role } = useWorkspace();
  const client = useQueryClient();
  const removing = useMutation({
    mutationFn: ({ column, from }: { column: string; from: string }) =>
      call(dropTemplateFix, { params: { id }, query: { workspace: slug, column, from } }),
    onSuccess: ({ fixes: left }) => {
      if (left.length === 0) onClose();
      return client.invalidateQueries({ queryKey: [listTemplates.id] });
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Corrections of ${name}`} size="lg">
      <p className={classes.said}>
        Each file with this header is read with them. Those that are loaded already keep what they have.
      </p>
      <PlainTable
        caption={`Corrections of ${name}`}
        cards
        data={{
          columns: [
            { label: 'Column' },
            { label: 'Files say' },
            { label: 'Read as' },
            { label: 'By' },
            { label: 'Since' },
            ...(role === 'viewer' ? [] : [{ label: '', numeric: true }]),
          ],
          rows: fixes.map(({ column, from, to, by, at }) => [
            column,
            from || 'empty',
            to || 'empty',
            by ?? '–',
            <Moment key="at" iso={at} />,
            ...(role === 'viewer'
              ? []
              : [
                  <Button
                    key="remove"
                    size="compact-xs"
                    variant="default"
                    loading={removing.isPending}
                    aria-label={`Remove ${column}, ${from ? `“${from}”` : 'empty'}`}
                    onClick={() => removing.mutate({ column, from })}
                  >
                    Remove
                  </Button>,
                ]),
          ]),
        }}
      />
      {removing.error && <p role="alert">{removing.error.message}</p>}
    </Modal>
  );
}
