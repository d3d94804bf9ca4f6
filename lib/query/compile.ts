import 'server-only';
import { sql } from '@/lib/db/client';
import { tripColumns } from '@/lib/rollups/levels';
import { compileLines } from './compile-lines';
import { compileSpentSums } from './compile-spend';
import { name, type Sql } from './fragments';
import type { Ground, Step, StoredSum } from './plan';
import { holdsSums } from './read-sums';

/** What a row is: which step it answers, key, period, then the numbers. These come as text: exact, and of any size. */
export type StepRow = [step: number, key: string | null, period: string | null, ...numbers: (string | null)[]];

/** The numbers of a row, in their order. */
export const stepColumns = ({
  columns,
}: Ground): (StoredSum | (typeof tripColumns)[number] | 'shoppers' | 'rows_read')[] => [
  ...columns,
  ...tripColumns,
  'shoppers',
  'rows_read',
];

/** What of a step statements add up: lines, and what chosen shoppers spent. */
function compile({ cut, choice, families }: Step, ground: Ground): Sql {
  const parts = choice.parts
    .filter(({ source }) => !holdsSums(source))
    .map((part) =>
      part.source === 'lines' ? compileLines(cut, part, families, ground) : compileSpentSums(cut, part, ground),
    );
  const names = stepColumns(ground);
  const totals = names.map((column) => sql.sql`sum(${name(column)})::text AS ${name(column)}`);
  return sql.sql`
    SELECT key, period, ${sql.join(totals)}
    FROM (${sql.join(parts, ' UNION ALL ')}) AS part(key, period, ${name(names.join(', '))})
    GROUP BY key, period`;
}

/** Steps as one statement, which answers one text of all rows: taking rows one by one takes longer than most of them. */
export function compileTogether(steps: readonly Step[], ground: Ground): Sql {
  const columns = name(['key', 'period', ...stepColumns(ground)].join(', '));
  const each = steps.map(
    (step, at) =>
      sql.sql`SELECT json_build_array(${name(String(at))}, ${columns}) AS row FROM (${compile(step, ground)}) AS step(${columns})`,
  );
  return sql.sql`SELECT json_agg(row)::text AS rows FROM (${sql.join(each, ' UNION ALL ')}) AS read`;
}
