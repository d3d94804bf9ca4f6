import { memberTable } from '@/components/charts/tables';
import type { TableData } from '@/components/ui/PlainTable';
import type { QueryResponse, QueryRow } from '@/lib/contract/query';
import { divide } from '@/lib/metrics/compute';
import { formatUnit } from '@/lib/metrics/format';

/**
 * The part of the brand's sales that is made here ÷ the part of the market's, times 100; which is the share here ÷ the
 * share overall.
 */
export const developmentOf = (row: QueryRow, { totals }: QueryResponse): number | null =>
  divide(row.values.value_share ?? null, totals[0]?.values.value_share ?? null, 100);

export function developmentTable(data: QueryResponse, head: string): TableData {
  const plain = memberTable(data, ['value_sales', 'value_share'], head);
  const indices = data.rows.map((row) => developmentOf(row, data));
  return {
    columns: [...plain.columns, { label: 'Development index', numeric: true }],
    rows: plain.rows.map((row, index) => [...row, formatUnit('index', indices[index])]),
    raw: (plain.raw ?? []).map((row, index) => [...row, indices[index] ?? null]),
  };
}
