'use client';

import { useNetwork } from '@mantine/hooks';
import classes from './Shell.module.css';

/** Says that the browser has no network; what is on screen stays. */
export function OfflineNote() {
  const { online } = useNetwork();
  return (
    <div role="status">
      {online === false && (
        <div className={classes.offline}>You are offline. The numbers shown are the last loaded.</div>
      )}
    </div>
  );
}
