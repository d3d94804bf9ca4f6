import { ofTable, together } from './answer';
import { brandKey, either, sourcesOf, study, within, yearBefore, type Question, type Subject } from './question';

/** Q8: what moved between the ten largest brands of a category. Each amount is rounded to the cent, and so are up to eleven of a sum. */
export function switching(subject: Subject): Question {
  const { workspaceId, category, year } = subject;
  const keyOf = brandKey(subject);
  const parts = ['change', 'newToMarket', 'lostFromMarket', 'switchedIn', 'switchedOut', 'increase', 'decrease'];
  return {
    id: 'Q8',
    title: 'Switching within a category, year on year',
    within: 0.11,
    ours: async () => {
      const found = await study(workspaceId, {
        analysis: 'switching',
        ...year,
        filters: { category: [category] },
        top: 10,
      });
      const [brands, flows] = found.tables;
      const answer = together(
        ofTable(brands, parts, keyOf),
        ofTable(flows, ['amount'], (from, row) => `${keyOf(from)}>${keyOf(String(flows?.rows[row]?.[1]))}`),
      );
      return { answer, sources: sourcesOf(found) };
    },
    sql: `
      WITH spent AS (
        SELECT shopper_no, brand_id, coalesce(sum(amount) FILTER (WHERE ${within(yearBefore(year))}), 0) AS before,
               coalesce(sum(amount) FILTER (WHERE ${within(year)}), 0) AS after
        FROM line WHERE category_id = ${category} AND shopper_no IS NOT NULL AND ${either(year)} GROUP BY 1, 2),
      ranked AS (
        SELECT brand_id, row_number() OVER (ORDER BY sum(before) + sum(after) DESC) AS place FROM spent GROUP BY 1),
      placed AS (
        SELECT shopper_no, CASE WHEN place <= 10 THEN brand_id::text ELSE 'All other brands' END AS brand,
               before::float8 AS before, after::float8 AS after
        FROM spent JOIN ranked USING (brand_id)),
      shopper AS (
        SELECT shopper_no, bool_or(before <> 0) AS was, bool_or(after <> 0) AS is_now,
               sum(greatest(after - before, 0)) AS gains, sum(greatest(before - after, 0)) AS losses
        FROM placed GROUP BY 1),
      both_years AS (SELECT p.*, gains, losses, least(gains, losses) AS moved FROM placed p JOIN shopper USING (shopper_no) WHERE was AND is_now),
      flow AS (
        SELECT l.brand AS loser, g.brand AS winner,
               sum(l.moved * ((l.before - l.after) / l.losses) * ((g.after - g.before) / g.gains)) AS amount
        FROM both_years l JOIN both_years g ON g.shopper_no = l.shopper_no AND l.brand <> g.brand AND l.before > l.after AND g.after > g.before
        GROUP BY 1, 2),
      brand AS (
        SELECT brand, sum(CASE WHEN was THEN 0 ELSE after END) AS new, sum(CASE WHEN is_now THEN 0 ELSE before END) AS lost,
               sum(after - before) AS change
        FROM placed JOIN shopper USING (shopper_no) GROUP BY 1),
      own AS (
        SELECT brand, sum(CASE WHEN after > before THEN (after - before) * (1 - moved / gains) ELSE 0 END) AS increase,
               sum(CASE WHEN after < before THEN (before - after) * (1 - moved / losses) ELSE 0 END) AS decrease
        FROM both_years GROUP BY 1)
      SELECT brand AS key, change / 1e2 AS change, new / 1e2 AS "newToMarket", -lost / 1e2 AS "lostFromMarket",
             (SELECT sum(amount) / 1e2 FROM flow WHERE winner = brand) AS "switchedIn",
             (SELECT -sum(amount) / 1e2 FROM flow WHERE loser = brand) AS "switchedOut",
             increase / 1e2 AS increase, -decrease / 1e2 AS decrease, NULL::float8 AS amount
      FROM brand LEFT JOIN own USING (brand)
      UNION ALL
      SELECT loser || '>' || winner, NULL, NULL, NULL, NULL, NULL, NULL, NULL, amount / 1e2 FROM flow`,
  };
}
