import 'server-only';
import { sql } from '@/lib/db/client';
import { tripColumns } from '@/lib/rollups/levels';
import { compileLines } from './compile-lines';
import { compileProducts, compileSales } from './compile-sales';
import { compileSpentSums } from './compile-spend';
import { name, type Sql } from './fragments';
import type { Ground, Step, StoredSum } from './plan';

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

function compile(step: Step, ground: Ground): Sql {
  const { cut, choice, families } = step;
  const trips = families.includes('trips');
  const parts = choice.parts.map((part) => {
    if (part.source === 'lines') return compileLines(cut, part, families, ground);
    if (part.source === 'spend_month') return compileSpentSums(cut, part, ground);
    if (part.source === 'sales_product_month' || part.source === 'sales_product_day') {
      return compileProducts(cut, part, trips, ground);
    }
    return compileSales(cut, part, trips, ground);
  });
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
