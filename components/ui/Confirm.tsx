'use client';

import type { ReactNode } from 'react';
import { Modal, Stack } from '@mantine/core';
import { DialogEnd } from './DialogEnd';

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** The verb on the button. */
  action: string;
  onConfirm: () => void;
  danger?: boolean;
  busy?: boolean;
  /** Why it did not work. */
  fault?: string | undefined;
}

/** Asks before something is done that others notice, and says what it will do. */
export function Confirm({ opened, onClose, title, children, action, onConfirm, danger, busy, fault }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <Stack gap="md">
        <div style={{ color: 'var(--ink-2)' }}>{children}</div>
        <DialogEnd
          fault={fault}
          action={action}
          button={{ color: danger ? 'red.8' : 'iris', loading: busy ?? false, onClick: onConfirm }}
          onCancel={onClose}
        />
      </Stack>
    </Modal>
  );
}
