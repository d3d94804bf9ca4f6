import { Alert, Button } from '@mantine/core';
import classes from './settings.module.css';

interface Props {
  admin: boolean;
  changed: boolean;
  pending: boolean;
  error: Error | null;
  undo: () => void;
}

/** The end of a form of settings: what went wrong, and the buttons of those who may change it. */
export function SaveOrUndo({ admin, changed, pending, error, undo }: Props) {
  return (
    <>
      {error && (
        <Alert color="red" variant="light" role="alert" p="xs">
          {error.message}
        </Alert>
      )}
      {admin && (
        <div className={classes.actions}>
          <Button type="submit" loading={pending} disabled={!changed}>
            Save
          </Button>
          {changed && (
            <Button variant="default" disabled={pending} onClick={undo}>
              Undo
            </Button>
          )}
        </div>
      )}
    </>
  );
}
