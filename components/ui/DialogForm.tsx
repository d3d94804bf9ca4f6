import type { ReactNode } from 'react';
import { DialogEnd } from './DialogEnd';
import classes from './DialogForm.module.css';

interface Props {
  /** What its button does. */
  action: string;
  /** Something that it cannot do without is not there yet. */
  lacking: boolean;
  isPending: boolean;
  /** What went wrong, in words. */
  error: ReactNode;
  onSubmit: () => void;
  onCancel: () => void;
  children: ReactNode;
}

/** The fields of a dialog, what went wrong, and its two buttons. */
export function DialogForm({ action, lacking, isPending, error, onSubmit, onCancel, children }: Props) {
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      <DialogEnd
        fault={error}
        action={action}
        button={{ type: 'submit', loading: isPending, disabled: lacking }}
        onCancel={onCancel}
      />
    </form>
  );
}
