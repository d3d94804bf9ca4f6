import { Button } from '@mantine/core';
import { Note } from './Note';

interface Props {
  /** What went wrong, in the server's words. */
  error: Error;
  retry: () => unknown;
}

/** Stands where something could not be read: why, and a button to try it once more. */
export const Failed = ({ error, retry }: Props) => (
  <Note
    role="alert"
    title={error.message}
    action={
      <Button variant="default" onClick={() => void retry()}>
        Try again
      </Button>
    }
  />
);
