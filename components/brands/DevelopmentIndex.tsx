'use client';

import { Tooltip, UnstyledButton } from '@mantine/core';
import { useExplain } from '@/components/metrics/explain-context';
import type { QueryResponse, QueryRow } from '@/lib/contract/query';
import { formatUnit } from '@/lib/metrics/format';
import classes from './DevelopmentIndex.module.css';

interface Props {
  row: QueryRow;
  response: QueryResponse;
  value: number | null;
}

/** Opens into the share that it rests on. */
export function DevelopmentIndex({ row, response, value }: Props) {
  const explain = useExplain();
  const text = formatUnit('index', value);
  // Near 100 is neither.
  const strength = value === null || Math.abs(value - 100) < 5 ? undefined : value > 100 ? 'over' : 'under';
  return (
    <Tooltip
      label={`Share here ${formatUnit('percent', row.values.value_share)}, overall ${formatUnit('percent', response.totals[0]?.values.value_share)}`}
    >
      <UnstyledButton
        className={classes.index}
        data-strength={strength}
        aria-label={`Development index: ${text}. Explain`}
        onClick={() => explain({ metric: 'value_share', response, row })}
      >
        {text}
      </UnstyledButton>
    </Tooltip>
  );
}
