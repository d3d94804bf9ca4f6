import { plainCalendar } from '@/lib/metrics/calendar';
import { formatPeriod } from '@/lib/metrics/format-date';
import { addMonths, periodsOf } from '@/lib/metrics/periods';
import { ofTable } from './answer';
import { sourcesOf, study, within, type Question, type Subject } from './question';

/** Q7: buyers of each quarter against the quarter before. */
export function buyerFlow({ workspaceId, brand, year }: Subject): Question {
  const quarters = new Map(
    periodsOf('quarter', year, plainCalendar).map((start) => [formatPeriod('quarter', start, plainCalendar), start]),
  );
  const span = { from: addMonths(year.from, -3), to: year.to };
  return {
    id: 'Q7',
    title: 'New, retained and lapsed buyers by quarter',
    ours: async () => {
      const found = await study(workspaceId, {
        analysis: 'buyer_flow',
        ...year,
        filters: { brand: [brand] },
        grain: 'quarter',
      });
      const columns = ['buyers', 'new', 'retained', 'lapsed'];
      return {
        answer: ofTable(found.tables[0], columns, (label) => quarters.get(label) ?? label),
        sources: sourcesOf(found),
      };
    },
    sql: `
      WITH bought AS (
        SELECT DISTINCT date_trunc('quarter', date)::date AS quarter, shopper_no FROM line
        WHERE brand_id = ${brand} AND purchase AND shopper_no IS NOT NULL AND ${within(span)}),
      size AS (SELECT quarter, count(*) AS buyers FROM bought GROUP BY 1),
      kept AS (
        SELECT b.quarter, count(*) AS retained
        FROM bought b JOIN bought a ON a.shopper_no = b.shopper_no AND a.quarter = b.quarter - INTERVAL '3 months' GROUP BY 1)
      SELECT s.quarter::text AS key, s.buyers, s.buyers - coalesce(retained, 0) AS new, coalesce(retained, 0) AS retained,
             b.buyers - coalesce(retained, 0) AS lapsed
      FROM size s JOIN size b ON b.quarter = s.quarter - INTERVAL '3 months' LEFT JOIN kept k ON k.quarter = s.quarter`,
  };
}
