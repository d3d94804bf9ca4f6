import { ofTable, together } from './answer';
import { either, side, sourcesOf, study, type Question, type Subject } from './question';

/** Q13: what buyers, frequency, units per trip and price made of the change. Bars are rounded to the cent. */
export const revenue = ({ workspaceId, brand, year }: Subject): Question => ({
  id: 'Q13',
  title: 'Revenue by behaviour, year on year',
  within: 0.011,
  ours: async () => {
    const found = await study(workspaceId, { analysis: 'revenue_change', ...year, filters: { brand: [brand] } });
    const answer = together(
      ofTable(found.tables[0], ['amount'], (label) => label),
      new Map(found.figures.map(({ id, value }) => [`sales ${id}`, value])),
    );
    return { answer, sources: sourcesOf(found) };
  },
  sql: `
    WITH sold AS (
      SELECT ${side(year)} AS side, sum(amount)::float8 AS amount,
             sum(amount) FILTER (WHERE shopper_no IS NOT NULL)::float8 AS identified,
             sum(units) FILTER (WHERE shopper_no IS NOT NULL)::float8 AS units,
             count(DISTINCT basket_id) FILTER (WHERE purchase AND shopper_no IS NOT NULL)::float8 AS trips,
             count(DISTINCT shopper_no) FILTER (WHERE purchase)::float8 AS buyers
      FROM line WHERE brand_id = ${brand} AND ${either(year)} GROUP BY 1),
    change AS (
      SELECT (a.identified - b.identified) / ln(a.identified / b.identified) / 1e2 AS mean, ln(a.buyers / b.buyers) AS buyers,
             ln((a.trips / a.buyers) / (b.trips / b.buyers)) AS frequency, ln((a.units / a.trips) / (b.units / b.trips)) AS basket,
             ln((a.identified / a.units) / (b.identified / b.units)) AS price, a.amount / 1e2 AS now, b.amount / 1e2 AS before,
             (a.amount - a.identified - b.amount + b.identified) / 1e2 AS anonymous
      FROM sold a, sold b WHERE a.side = 'now' AND b.side = 'before')
    SELECT 'Buyers' AS key, mean * buyers AS amount, NULL::float8 AS before, NULL::float8 AS now, NULL::float8 AS change FROM change
    UNION ALL SELECT 'Frequency', mean * frequency, NULL, NULL, NULL FROM change
    UNION ALL SELECT 'Units per trip', mean * basket, NULL, NULL, NULL FROM change
    UNION ALL SELECT 'Price per unit', mean * price, NULL, NULL, NULL FROM change
    UNION ALL SELECT 'Anonymous sales', anonymous, NULL, NULL, NULL FROM change
    UNION ALL SELECT 'sales', NULL, before, now, now - before FROM change`,
});
