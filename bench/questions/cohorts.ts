import { periodsOf } from '@/lib/metrics/periods';
import { ofTable } from './answer';
import { sourcesOf, study, within, type Question, type Subject } from './question';

/** Q10: buyers of a brand by the month of their first purchase. */
export function cohorts({ workspaceId, brand, all }: Subject): Question {
  const months = periodsOf('month', all);
  const ages = months.map((_, age) => `p${age}`);
  return {
    id: 'Q10',
    title: 'Monthly cohorts of a brand, 2 years',
    ours: async () => {
      const found = await study(workspaceId, {
        analysis: 'cohorts',
        ...all,
        filters: { brand: [brand] },
        grain: 'month',
      });
      return {
        answer: ofTable(found.tables[0], ['size', ...ages], (_, row) => months[row] ?? ''),
        sources: sourcesOf(found),
      };
    },
    sql: `
      WITH active AS (
        SELECT DISTINCT shopper_no, date_trunc('month', date)::date AS month FROM line
        WHERE brand_id = ${brand} AND purchase AND shopper_no IS NOT NULL AND ${within(all)}),
      aged AS (SELECT shopper_no, month, min(month) OVER (PARTITION BY shopper_no) AS cohort FROM active),
      cell AS (
        SELECT cohort, (12 * (extract(year FROM month) - extract(year FROM cohort))
                        + extract(month FROM month) - extract(month FROM cohort))::int AS age, count(*) AS shoppers
        FROM aged GROUP BY 1, 2),
      size AS (
        SELECT cohort, shoppers AS size, (12 * (extract(year FROM DATE '${all.to}') - extract(year FROM cohort))
                 + extract(month FROM DATE '${all.to}') - extract(month FROM cohort))::int AS seen
        FROM cell WHERE age = 0)
      SELECT cohort::text AS key, size, ${ages
        .map(
          (id, age) =>
            `CASE WHEN seen >= ${age} THEN 1e2 * coalesce(sum(shoppers) FILTER (WHERE age = ${age}), 0) / size END AS ${id}`,
        )
        .join(', ')}
      FROM cell JOIN size USING (cohort) GROUP BY cohort, size, seen`,
  };
}
