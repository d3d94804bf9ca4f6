import { Explainable } from '@/components/metrics/Explainable';
import type { QueryResponse, QueryRow } from '@/lib/contract/query';
import { formatUnit } from '@/lib/metrics/format';
import { developmentOf } from './development';
import classes from './DevelopmentIndex.module.css';

interface Props {
  row: QueryRow;
  response: QueryResponse;
}

/** Opens into the two shares that it is made of. */
export function DevelopmentIndex({ row, response }: Props) {
  const value = developmentOf(row, response);
  const text = formatUnit('index', value);
  // Near 100 is neither.
  const strength = value === null || Math.abs(value - 100) < 5 ? '' : value > 100 ? classes.over : classes.under;
  const formula = `share here ${formatUnit('percent', row.values.value_share)} ÷ share overall ${formatUnit('percent', response.totals[0]?.values.value_share)} × 100`;
  return (
    <Explainable
      what={{ metric: 'value_share', response, row, made: { label: 'Development index', text, formula } }}
      label={`Development index: ${text}`}
      className={`${classes.index} ${strength}`}
    >
      {text}
    </Explainable>
  );
}
