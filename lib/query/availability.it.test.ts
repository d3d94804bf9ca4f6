import { Pool } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { querySpec } from '@/lib/contract/query';
import { env } from '@/lib/env';
import { exampleRange, insertWorkedExample } from '@/tests/worked-example';
import { runQuery } from './run';

const pool = new Pool({ connectionString: env.DATABASE_URL });
afterAll(() => pool.end());

describe('a filter by promotion', () => {
  it.each(['promoted', 'not_promoted'] as const)(
    '(%s) gives no zeros where no line tells of promotions',
    async (promotion) => {
      const { workspaceId } = await insertWorkedExample(pool);
      const ask = () =>
        runQuery(
          workspaceId,
          querySpec.parse({ ...exampleRange, metrics: ['value_sales', 'buyers'], by: 'brand', filters: { promotion } }),
        );
      expect((await ask()).meta.metrics.value_sales?.state).toBe('ok');
      await pool.query('UPDATE sale_line SET promotion = NULL WHERE workspace_id = $1', [workspaceId]);
      await pool.query('UPDATE sales_month SET promoted_units = 0 WHERE workspace_id = $1', [workspaceId]);
      await pool.query('UPDATE workspace SET data_version = data_version + 1 WHERE id = $1', [workspaceId]);
      const { rows, totals, meta } = await ask();
      const lacking = { state: 'unavailable', reason: 'No line of the data says anything of promotions.' };
      expect(meta.metrics).toEqual({ value_sales: lacking, buyers: lacking });
      expect(rows).toEqual([]);
      expect(totals.map(({ values }) => values)).toEqual([{ value_sales: null, buyers: null }]);
    },
  );
});
