import type { Range } from '@/lib/metrics/periods';
import { ofQuery } from './answer';
import { ask, either, side, sourcesOf, type Question, type Subject } from './question';

/** Q1 and Q5: a brand against the year before. */
export const tiles = (id: string, title: string, { workspaceId, brand }: Subject, range: Range): Question => ({
  id,
  title,
  ours: async () => {
    const found = await ask(workspaceId, {
      metrics: ['value_sales', 'value_share', 'buyers', 'penetration', 'frequency'],
      ...range,
      compare: 'previous_year',
      filters: { brand: [brand] },
    });
    return { answer: ofQuery(found), sources: sourcesOf(found) };
  },
  // Its market: the categories that it sold in, in either year.
  sql: `
    WITH market AS (SELECT DISTINCT category_id FROM line WHERE brand_id = ${brand} AND ${either(range)}),
    of_brand AS (
      SELECT ${side(range)} AS key, sum(amount) AS amount, count(DISTINCT shopper_no) FILTER (WHERE purchase) AS buyers,
             count(DISTINCT basket_id) FILTER (WHERE purchase AND shopper_no IS NOT NULL) AS trips
      FROM line WHERE brand_id = ${brand} AND ${either(range)} GROUP BY 1),
    of_market AS (
      SELECT ${side(range)} AS key, sum(amount) AS amount
      FROM line WHERE category_id IN (SELECT category_id FROM market) AND ${either(range)} GROUP BY 1),
    everyone AS (
      SELECT ${side(range)} AS key, count(DISTINCT shopper_no) AS shoppers
      FROM line WHERE purchase AND ${either(range)} GROUP BY 1)
    SELECT key, b.amount / 1e2 AS value_sales, 1e2 * b.amount / nullif(m.amount, 0) AS value_share, buyers,
           1e2 * buyers / nullif(shoppers, 0) AS penetration, 1e0 * trips / nullif(buyers, 0) AS frequency
    FROM of_brand b JOIN of_market m USING (key) JOIN everyone USING (key)`,
});
