'use client';

import { useState } from 'react';
import { Button, type ButtonProps } from '@mantine/core';
import { IconArrowBackUp, IconRestore, IconTrash } from '@tabler/icons-react';
import type { ImportSummary } from '@/lib/contract/imports';
import { formatRange } from '@/lib/metrics/format-date';
import { useWorkspace } from '@/components/shell/workspace-context';
import { Confirm } from '@/components/ui/Confirm';
import { canDiscard, formatCount } from './states';
import { useImportActions } from './use-imports';

/** What a revert will do, before it is done. */
function RevertText({ item }: { item: ImportSummary }) {
  if (item.kind !== 'transactions') {
    return (
      <>
        What this file says of {item.kind} is taken back: names, brands, categories, places and attributes are then what
        the remaining files say. No sale line is lost.
      </>
    );
  }
  const replaced = item.replaced.map(
    ({ lines, fileName }) => `${formatCount(lines)} ${lines === 1 ? 'line' : 'lines'} of ${fileName}`,
  );
  return (
    <>
      {formatCount(item.rowsAccepted)} {item.rowsAccepted === 1 ? 'line' : 'lines'}
      {item.from && item.to && <> of {formatRange({ from: item.from, to: item.to })}</>}{' '}
      {item.rowsAccepted === 1 ? 'is' : 'are'} taken out, with the products, stores and shoppers that only this file
      brought.
      {replaced.length > 0 && ` What it replaced comes back: ${replaced.join(', ')}.`} Every number is then as if the
      file had never been loaded. It can be restored from its kept file.
    </>
  );
}

interface Props {
  item: ImportSummary;
  size?: ButtonProps['size'];
  /** Text buttons, for a row of a list. */
  subtle?: boolean;
}

/** Revert, restore or discard, whichever the state allows; nothing for those who may only read. */
export function ImportActions({ item, size = 'xs', subtle = false }: Props) {
  const { role } = useWorkspace();
  const { revert, restore, discard } = useImportActions(item.id);
  const [asking, setAsking] = useState<'revert' | 'restore' | 'discard' | null>(null);
  const close = () => {
    setAsking(null);
    revert.reset();
    restore.reset();
    discard.reset();
  };
  const reverts = item.state === 'published';
  const restores = item.state === 'reverted';
  if (role === 'viewer' || (!reverts && !restores && !canDiscard(item.state))) return null;
  const variant = subtle ? 'subtle' : 'default';
  return (
    <>
      {reverts ? (
        <Button
          variant={variant}
          color="gray"
          size={size}
          leftSection={<IconArrowBackUp size={14} />}
          onClick={() => setAsking('revert')}
        >
          Revert
        </Button>
      ) : restores ? (
        <Button
          variant={variant}
          color="gray"
          size={size}
          leftSection={<IconRestore size={14} />}
          onClick={() => setAsking('restore')}
        >
          Restore
        </Button>
      ) : (
        <Button
          variant={variant}
          color="gray"
          size={size}
          leftSection={<IconTrash size={14} />}
          onClick={() => setAsking('discard')}
        >
          Discard
        </Button>
      )}
      <Confirm
        opened={asking === 'revert'}
        onClose={close}
        title={`Revert ${item.fileName}?`}
        action="Revert import"
        danger
        busy={revert.isPending}
        fault={revert.error?.message}
        onConfirm={() => revert.mutate(undefined, { onSuccess: close })}
      >
        <RevertText item={item} />
      </Confirm>
      <Confirm
        opened={asking === 'restore'}
        onClose={close}
        title={`Restore ${item.fileName}?`}
        action="Restore import"
        busy={restore.isPending}
        fault={restore.error?.message}
        onConfirm={() => restore.mutate(undefined, { onSuccess: close })}
      >
        The kept file is checked again with its mapping and then published, all or nothing. Every number is then as
        before it was reverted.
      </Confirm>
      <Confirm
        opened={asking === 'discard'}
        onClose={close}
        title={`Discard ${item.fileName}?`}
        action="Discard import"
        danger
        busy={discard.isPending}
        fault={discard.error?.message}
        onConfirm={() => discard.mutate(undefined, { onSuccess: close })}
      >
        The uploaded file and its check are deleted; it stays in the list as discarded. No number changes, as nothing of
        it was published.
      </Confirm>
    </>
  );
}
