import type { AnalysisTable } from '@/lib/contract/analyses';
import type { QueryResponse, QueryRow } from '@/lib/contract/query';
import type { Row } from './column-store';

/** What a question is answered with, each value under a name of its own. */
export type Answer = Map<string, number | null>;

const put = (answer: Answer, key: string, values: Iterable<readonly [string, unknown]>): void => {
  for (const [name, value] of values)
    answer.set(`${key} ${name}`, value === null || value === undefined ? null : Number(value));
};

/** SQL answers with a text `key` that tells its rows apart; all other columns are values. */
export function ofRows(rows: readonly Row[]): Answer {
  const answer: Answer = new Map();
  for (const { key, ...values } of rows) put(answer, String(key), Object.entries(values));
  return answer;
}

const memberOf = ({ member, period }: QueryRow): string =>
  [member && (member.id ?? member.name), period].filter((part) => part !== null).join('|');

/** Keys are member, period (its first day) and, with a comparison, "now" or "before". */
export function ofQuery({ rows, meta }: QueryResponse): Answer {
  const answer: Answer = new Map();
  for (const row of rows) {
    const key = memberOf(row);
    if (!meta.compareRange) {
      put(answer, key, Object.entries(row.values));
      continue;
    }
    const join = (side: string): string => [key, side].filter(Boolean).join('|');
    put(answer, join('now'), Object.entries(row.values));
    put(answer, join('before'), Object.entries(row.previous ?? {}));
  }
  return answer;
}

/** The columns asked for; `keyOf` turns the first cell of a row into its key. */
export function ofTable(
  table: AnalysisTable | undefined,
  columns: readonly string[],
  keyOf: (cell: string, row: number) => string,
): Answer {
  const answer: Answer = new Map();
  const places = columns.map((id) => [id, table?.columns.findIndex((column) => column.id === id) ?? -1] as const);
  table?.rows.forEach((row, at) => {
    put(
      answer,
      keyOf(String(row[0]), at),
      places.map(([id, place]) => [id, row[place]]),
    );
  });
  return answer;
}

export const together = (...answers: readonly Answer[]): Answer => new Map(answers.flatMap((answer) => [...answer]));

/**
 * What differs, in words. Sums of doubles may differ in their last digits; `within` is what rounding to the cent may add. A
 * value that one side does not name is nothing there: null or 0.
 */
export function differences(ours: Answer, theirs: Answer, within = 0): string[] {
  const found: string[] = [];
  for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
    const [a, b] = [ours.get(name), theirs.get(name)];
    const absent = a === undefined || b === undefined;
    const same =
      absent || (a !== null && b !== null)
        ? Math.abs((a ?? 0) - (b ?? 0)) <= within + 1e-9 * Math.max(Math.abs(a ?? 0), Math.abs(b ?? 0))
        : a === b;
    if (!same) found.push(`${name}: ${a} and not ${b}`);
  }
  return found;
}
