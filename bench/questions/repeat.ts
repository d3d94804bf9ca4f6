import { ofTable, together } from './answer';
import { sourcesOf, study, within, yearBefore, type Question, type Subject } from './question';

/** Q9: three repeat rates, and depth of repeat by week since trial. Triers did not buy in the data before the dates. */
export const repeat = ({ workspaceId, brand, year }: Subject): Question => ({
  id: 'Q9',
  title: 'Repeat and depth of repeat',
  ours: async () => {
    const about = { ...year, filters: { brand: [brand] }, weeks: 12 };
    const rates = await study(workspaceId, { analysis: 'repeat', ...about });
    const depth = await study(workspaceId, { analysis: 'trial_repeat', ...about });
    const answer = together(
      ofTable(rates.tables[0], ['base', 'repeaters', 'percent'], (_, row) => `rate ${row}`),
      ofTable(
        depth.tables.find(({ id }) => id === 'depth'),
        ['eligible', 'r1', 'r2', 'r3'],
        (week) => `week ${week}`,
      ),
      new Map(depth.figures.slice(0, 2).map(({ id, value }) => [`trial ${id}`, value])),
    );
    return { answer, sources: sourcesOf(rates, depth) };
  },
  sql: `
    WITH visit AS (
      SELECT DISTINCT shopper_no, date AS day, basket_id FROM line
      WHERE brand_id = ${brand} AND purchase AND shopper_no IS NOT NULL AND date <= DATE '${year.to}'),
    buyer AS (
      SELECT shopper_no, count(DISTINCT basket_id) FILTER (WHERE ${within(year, 'day')}) AS trips,
             bool_or(${within(yearBefore(year), 'day')}) AS earlier
      FROM visit GROUP BY 1),
    day AS (
      SELECT shopper_no, day, min(day) OVER (PARTITION BY shopper_no) AS first,
             row_number() OVER (PARTITION BY shopper_no ORDER BY day) - 1 AS repeats
      FROM (SELECT DISTINCT shopper_no, day FROM visit) d),
    trier AS (SELECT * FROM day WHERE first >= DATE '${year.from}'),
    week (week) AS (VALUES ${Array.from({ length: 12 }, (_, at) => `(${at + 1})`).join(', ')}),
    depth AS (
      SELECT week, count(*) FILTER (WHERE repeats = 0) AS eligible, count(*) FILTER (WHERE repeats = 1 AND day - first <= week * 7) AS r1,
             count(*) FILTER (WHERE repeats = 2 AND day - first <= week * 7) AS r2,
             count(*) FILTER (WHERE repeats = 3 AND day - first <= week * 7) AS r3
      FROM trier JOIN week ON DATE '${year.to}' - first >= week * 7 GROUP BY 1),
    market AS (
      SELECT count(DISTINCT shopper_no) AS shoppers FROM line
      WHERE purchase AND ${within(year)}
        AND category_id IN (SELECT DISTINCT category_id FROM line WHERE brand_id = ${brand} AND ${within(year)}))
    SELECT 'rate 0' AS key, count(*) FILTER (WHERE trips > 0) AS base, count(*) FILTER (WHERE trips > 1) AS repeaters,
           1e2 * count(*) FILTER (WHERE trips > 1) / nullif(count(*) FILTER (WHERE trips > 0), 0) AS percent,
           NULL::float8 AS eligible, NULL::float8 AS r1, NULL::float8 AS r2, NULL::float8 AS r3, NULL::float8 AS triers, NULL::float8 AS trial
    FROM buyer
    UNION ALL
    SELECT 'rate 1', count(*) FILTER (WHERE earlier), count(*) FILTER (WHERE earlier AND trips > 0),
           1e2 * count(*) FILTER (WHERE earlier AND trips > 0) / nullif(count(*) FILTER (WHERE earlier), 0),
           NULL, NULL, NULL, NULL, NULL, NULL
    FROM buyer
    UNION ALL
    SELECT 'rate 2', eligible, r1, 1e2 * r1 / eligible, NULL, NULL, NULL, NULL, NULL, NULL FROM depth WHERE week = 12
    UNION ALL
    SELECT 'week ' || week, NULL, NULL, NULL, eligible, 1e2 * r1 / eligible, 1e2 * r2 / eligible, 1e2 * r3 / eligible, NULL, NULL
    FROM depth
    UNION ALL
    SELECT 'trial', NULL, NULL, NULL, NULL, NULL, NULL, NULL, count(*) FILTER (WHERE repeats = 0),
           1e2 * count(*) FILTER (WHERE repeats = 0) / shoppers
    FROM trier, market GROUP BY shoppers`,
});
