import { createParser } from 'nuqs/server';
import type { QueryInput } from '@/lib/contract/query';

// Pages of a list in the address: the cursors walked through, so that one can go back, and a mark of the question that they
// belong to. Another sort, search or slice is another question, and starts at its first page.

export interface Trail {
  of: string;
  cursors: string[];
}

export const trail = createParser<Trail>({
  parse: (text) => {
    const [of, ...cursors] = text.split('.');
    return of && cursors.length > 0 && cursors.every((cursor) => cursor !== '') ? { of, cursors } : null;
  },
  serialize: ({ of, cursors }) => [of, ...cursors].join('.'),
  eq: (a, b) => a.of === b.of && a.cursors.join('.') === b.cursors.join('.'),
});

/** A short mark of a question (FNV-1a). */
export function markOf(question: QueryInput): string {
  let hash = 0x811c9dc5;
  for (const char of JSON.stringify(question)) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** The cursors that hold for the question. */
export const cursorsOf = (walked: Trail | null, question: QueryInput): string[] =>
  walked?.of === markOf(question) ? walked.cursors : [];

/** The question, at the page that the address names. */
export function atPage(question: QueryInput, walked: Trail | null): QueryInput {
  const cursor = cursorsOf(walked, question).at(-1);
  return cursor === undefined ? question : { ...question, cursor };
}
