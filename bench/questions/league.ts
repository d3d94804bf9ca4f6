import { ofQuery } from './answer';
import { ask, either, oneOf, side, sourcesOf, type Question, type Subject } from './question';

/** Q2, and Q4 in two regions and one channel: the brands of a category against the year before. */
export function league(id: string, title: string, subject: Subject, somewhere: boolean): Question {
  const { workspaceId, category, regions, channel, year } = subject;
  const places = somewhere ? `AND ${oneOf('region_id', regions)} AND channel_id = ${channel}` : '';
  return {
    id,
    title,
    ours: async () => {
      const found = await ask(workspaceId, {
        metrics: ['value_sales', 'value_share', 'penetration', 'buy_rate'],
        ...year,
        compare: 'previous_year',
        by: 'brand',
        filters: { category: [category], ...(somewhere && { region: regions, channel: [channel] }) },
        limit: 100,
      });
      return { answer: ofQuery(found), sources: sourcesOf(found) };
    },
    sql: `
      WITH sold AS (
        SELECT brand_id, ${side(year)} AS side, sum(amount) AS amount,
               sum(amount) FILTER (WHERE shopper_no IS NOT NULL) AS identified,
               count(DISTINCT shopper_no) FILTER (WHERE purchase) AS buyers
        FROM line WHERE category_id = ${category} AND ${either(year)} ${places} GROUP BY 1, 2),
      everyone AS (
        SELECT ${side(year)} AS side, count(DISTINCT shopper_no) AS shoppers
        FROM line WHERE purchase AND ${either(year)} ${places} GROUP BY 1)
      SELECT brand_id || '|' || side AS key, amount / 1e2 AS value_sales,
             1e2 * amount / nullif(sum(amount) OVER (PARTITION BY side), 0) AS value_share,
             1e2 * buyers / nullif(shoppers, 0) AS penetration,
             coalesce(identified, 0) / 1e2 / nullif(buyers, 0) AS buy_rate
      FROM sold JOIN everyone USING (side)`,
  };
}
