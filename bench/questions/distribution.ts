import { ofTable } from './answer';
import { brandKey, sourcesOf, study, within, type Question, type Subject } from './question';

/** Q11: in how many stores each brand of a category is sold. */
export function distribution(subject: Subject): Question {
  const { workspaceId, category, weeks } = subject;
  return {
    id: 'Q11',
    title: 'Numeric and weighted distribution and TDP, 12 weeks',
    ours: async () => {
      const found = await study(workspaceId, { analysis: 'distribution', ...weeks, filters: { category: [category] } });
      const columns = ['stores', 'numeric', 'weighted', 'categoryWeighted', 'tdp', 'items'];
      return { answer: ofTable(found.tables[0], columns, brandKey(subject)), sources: sourcesOf(found) };
    },
    sql: `
      WITH store AS (
        SELECT store_id, sum(amount) AS sales, sum(amount) FILTER (WHERE category_id = ${category}) AS market,
               bool_or(category_id = ${category} AND purchase) AS active
        FROM line WHERE store_id IS NOT NULL AND ${within(weeks)} GROUP BY 1),
      whole AS (
        SELECT sum(sales) AS sales, sum(market) FILTER (WHERE active) AS market, count(*) FILTER (WHERE active) AS stores FROM store),
      item AS (
        SELECT DISTINCT brand_id, product_id, store_id FROM line
        WHERE category_id = ${category} AND purchase AND store_id IS NOT NULL AND ${within(weeks)}),
      points AS (SELECT brand_id, sum(sales) AS sales FROM item JOIN store USING (store_id) GROUP BY 1),
      place AS (SELECT DISTINCT brand_id, store_id FROM item),
      brand AS (
        SELECT brand_id, count(*) AS stores, sum(sales) AS sales, sum(market) AS market
        FROM place JOIN store USING (store_id) GROUP BY 1)
      SELECT brand_id::text AS key, b.stores, 1e2 * b.stores / w.stores AS numeric, 1e2 * b.sales / w.sales AS weighted,
             1e2 * b.market / w.market AS "categoryWeighted", 1e2 * p.sales / w.sales AS tdp,
             1e0 * p.sales / b.sales AS items
      FROM brand b JOIN points p USING (brand_id) CROSS JOIN whole w`,
  };
}
