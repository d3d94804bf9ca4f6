import type { ReactNode } from 'react';
import { Alert, Button, Group, type ButtonProps } from '@mantine/core';

interface Props {
  /** What went wrong, in words. */
  fault: ReactNode;
  /** What the button does, and how. */
  action: string;
  button: ButtonProps & ({ type: 'submit' } | { onClick: () => void });
  onCancel: () => void;
}

/** The end of a dialog: what went wrong, and its two buttons. */
export function DialogEnd({ fault, action, button, onCancel }: Props) {
  return (
    <>
      {fault && (
        <Alert color="red" variant="light" role="alert" p="xs">
          {fault}
        </Alert>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" size="sm" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="sm" {...button}>
          {action}
        </Button>
      </Group>
    </>
  );
}
