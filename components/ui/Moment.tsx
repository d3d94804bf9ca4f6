'use client';

import { useSyncExternalStore } from 'react';

const format = (iso: string, timeZone?: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  })
    .format(new Date(iso))
    .replace('Sept', 'Sep');

const never = () => () => {};

/**
 * When something happened, on the reader's clock. The server, which has another, writes UTC, and so does the browser's
 * first pass: text that only differed would be left as the server wrote it.
 */
export function Moment({ iso }: { iso: string }) {
  const text = useSyncExternalStore(
    never,
    () => format(iso),
    () => format(iso, 'UTC'),
  );
  return <time dateTime={iso}>{text}</time>;
}
