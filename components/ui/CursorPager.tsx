'use client';

import { useState } from 'react';
import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import classes from './CursorPager.module.css';

/** The pages of a list walked so far: each by the cursor that it began with. */
export function useCursors() {
  const [cursors, setCursors] = useState<string[]>([]);
  return {
    page: cursors.length,
    cursor: cursors.at(-1),
    forward: (next: string) => setCursors((before) => [...before, next]),
    begin: () => setCursors([]),
    back: () => setCursors((before) => before.slice(0, -1)),
  };
}

/** A page of a list, or of a table's rows, as the API answers it. */
type Answer = { nextCursor?: string | null | undefined } & (
  | { items: readonly unknown[]; total: number }
  | { rows: readonly unknown[]; rowCount: number }
);

interface Props {
  walk: Omit<ReturnType<typeof useCursors>, 'begin'>;
  size: number;
  answer: Answer;
  /** What is listed: "rejected rows". */
  of: string;
}

/** Nothing where everything fits on one page. */
export function CursorPager({ walk, size, answer, of }: Props) {
  const { nextCursor: next } = answer;
  const [shown, total] =
    'items' in answer ? [answer.items.length, answer.total] : [answer.rows.length, answer.rowCount];
  if (walk.page === 0 && !next) return null;
  const first = walk.page * size + 1;
  const count = (value: number): string => value.toLocaleString('en-US');
  return (
    <nav className={classes.pager} aria-label={`Pages of ${of}`}>
      <span role="status">
        {count(first)}–{count(first + shown - 1)} of {count(total)}
      </span>
      <ActionIcon variant="default" disabled={walk.page === 0} onClick={walk.back} aria-label="Previous page">
        <IconChevronLeft size={15} />
      </ActionIcon>
      <ActionIcon variant="default" disabled={!next} onClick={() => next && walk.forward(next)} aria-label="Next page">
        <IconChevronRight size={15} />
      </ActionIcon>
    </nav>
  );
}
