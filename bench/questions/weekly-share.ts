import { ofQuery } from './answer';
import { ask, sourcesOf, within, type Question, type Subject } from './question';

/** Q3: the ten largest brands of a category, week by week. */
export const weeklyShare = ({ workspaceId, category, all }: Subject): Question => ({
  id: 'Q3',
  title: 'Weekly share of the top 10 brands, 2 years',
  ours: async () => {
    const found = await ask(workspaceId, {
      metrics: ['value_sales', 'value_share'],
      ...all,
      by: 'brand',
      grain: 'week',
      filters: { category: [category] },
      sort: '-value_sales',
      limit: 10,
    });
    return { answer: ofQuery(found), sources: sourcesOf(found) };
  },
  sql: `
    WITH sold AS (
      SELECT brand_id, date_trunc('week', date)::date AS week, sum(amount) AS amount
      FROM line WHERE category_id = ${category} AND ${within(all)} GROUP BY 1, 2),
    largest AS (SELECT brand_id FROM sold GROUP BY 1 ORDER BY sum(amount) DESC LIMIT 10),
    market AS (SELECT week, sum(amount) AS amount FROM sold GROUP BY 1)
    SELECT brand_id || '|' || week AS key, s.amount / 1e2 AS value_sales, 1e2 * s.amount / nullif(m.amount, 0) AS value_share
    FROM sold s JOIN market m USING (week) WHERE brand_id IN (SELECT brand_id FROM largest)`,
});
