import { ofQuery } from './answer';
import { ask, oneOf, sourcesOf, within, type Question, type Subject } from './question';

/** Q14: what a brand's products sell in two regions. */
export const productsInRegions = ({ workspaceId, brand, regions, year }: Subject): Question => ({
  id: 'Q14',
  title: 'Top 50 products of a brand in two regions',
  ours: async () => {
    const found = await ask(workspaceId, {
      metrics: ['value_sales', 'unit_sales', 'average_price'],
      ...year,
      by: 'product',
      filters: { brand: [brand], region: regions },
      sort: '-value_sales',
      limit: 50,
    });
    return { answer: ofQuery(found), sources: sourcesOf(found) };
  },
  sql: `
    SELECT product_id::text AS key, sum(amount) / 1e2 AS value_sales, sum(units) AS unit_sales,
           sum(amount) / 1e2 / nullif(sum(units), 0) AS average_price
    FROM line WHERE brand_id = ${brand} AND ${oneOf('region_id', regions)} AND ${within(year)}
    GROUP BY product_id ORDER BY sum(amount) DESC LIMIT 50`,
});

/** Q15: who buys a brand in five stores, of all who shop there. */
export const buyersInStores = ({ workspaceId, brand, stores, year }: Subject): Question => ({
  id: 'Q15',
  title: 'Buyers and penetration in five stores',
  ours: async () => {
    const found = await ask(workspaceId, {
      metrics: ['buyers', 'penetration'],
      ...year,
      filters: { brand: [brand], store: stores },
    });
    return { answer: ofQuery(found), sources: sourcesOf(found) };
  },
  sql: `
    SELECT '' AS key, count(DISTINCT shopper_no) FILTER (WHERE brand_id = ${brand}) AS buyers,
           1e2 * count(DISTINCT shopper_no) FILTER (WHERE brand_id = ${brand}) / nullif(count(DISTINCT shopper_no), 0) AS penetration
    FROM line WHERE purchase AND ${oneOf('store_id', stores)} AND ${within(year)}`,
});
