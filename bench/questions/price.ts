import { bandEdges } from '@/lib/analyses/price-ladder';
import { ofQuery, ofTable, together } from './answer';
import type { Row } from './column-store';
import { ask, brandKey, sourcesOf, study, within, type Question, type Subject } from './question';

/** Q12: price and deals of a category. `asked` tells where the ladder's rungs are, of what the products sold for. */
export async function price(subject: Subject, asked: (text: string) => Promise<Row[]>): Promise<Question> {
  const { workspaceId, category, year } = subject;
  const lines = `FROM line WHERE category_id = ${category} AND ${within(year)}`;
  const products = await asked(
    `SELECT sum(amount)::bigint AS amount, (sum(units) * 1000)::bigint AS units ${lines} GROUP BY product_id`,
  );
  const edges = bandEdges(
    products.map(({ amount, units }) => ({ amount: BigInt(String(amount)), units: BigInt(String(units)) })),
  );
  return {
    id: 'Q12',
    title: 'Price index, ladder and on deal in a category',
    ours: async () => {
      const prices = await study(workspaceId, { analysis: 'price', ...year, filters: { category: [category] } });
      const deals = await ask(workspaceId, {
        metrics: ['on_deal_value', 'on_deal_units'],
        ...year,
        by: 'brand',
        filters: { category: [category] },
        limit: 100,
      });
      const [brands, ladder] = prices.tables;
      const answer = together(
        ofTable(brands, ['price', 'index', 'excluding'], brandKey(subject)),
        ofTable(ladder, ['sales', 'units', 'share'], (_, row) => `rung ${row}`),
        ofQuery(deals),
      );
      return { answer, sources: sourcesOf(prices, deals) };
    },
    sql: `
      WITH product AS (
        SELECT product_id, brand_id, sum(amount) AS amount, sum(units) AS units,
               coalesce(sum(amount) FILTER (WHERE promotion > 0), 0) AS deal_amount,
               coalesce(sum(units) FILTER (WHERE promotion > 0), 0) AS deal_units
        ${lines} GROUP BY 1, 2),
      market AS (SELECT sum(amount) AS amount, sum(units) AS units FROM product),
      brand AS (
        SELECT brand_id, sum(amount)::float8 AS amount, sum(units)::float8 AS units, sum(deal_amount) AS deal_amount,
               sum(deal_units) AS deal_units
        FROM product GROUP BY 1),
      rung AS (
        SELECT ${['0', ...edges.map((edge) => `CASE WHEN amount >= ${edge} * units THEN 1 ELSE 0 END`)].join(' + ')} AS rung,
               amount, units
        FROM product WHERE units > 0 AND amount >= 0)
      SELECT brand_id::text AS key, b.amount / 1e2 / nullif(b.units, 0) AS price,
             1e2 * (b.amount / nullif(b.units, 0)) / (m.amount / nullif(m.units, 0)) AS index,
             1e2 * (b.amount / nullif(b.units, 0)) / ((m.amount - b.amount) / nullif(m.units - b.units, 0)) AS excluding,
             NULL::float8 AS sales, NULL::float8 AS units, NULL::float8 AS share, 1e2 * deal_amount / nullif(b.amount, 0) AS on_deal_value,
             1e2 * deal_units / nullif(b.units, 0) AS on_deal_units
      FROM brand b, market m
      UNION ALL
      SELECT 'rung ' || rung, NULL, NULL, NULL, sum(r.amount) / 1e2, sum(r.units), 1e2 * sum(r.amount) / m.amount, NULL, NULL
      FROM rung r, market m GROUP BY rung, m.amount`,
  };
}
