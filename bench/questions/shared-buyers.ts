import { ofTable, together } from './answer';
import { brandKey, oneOf, sourcesOf, study, within, type Question, type Subject } from './question';

/** Q6: who else the buyers of ten brands buy. */
export function sharedBuyers(subject: Subject): Question {
  const { workspaceId, category, rivals, year } = subject;
  const keyOf = brandKey(subject);
  return {
    id: 'Q6',
    title: 'Duplication of 10 brands',
    ours: async () => {
      const found = await study(workspaceId, {
        analysis: 'duplication',
        ...year,
        filters: { category: [category], brand: rivals },
        top: 10,
      });
      const table = found.tables[0];
      const brands = table?.columns.slice(3) ?? [];
      const names = table?.rows.slice(0, brands.length) ?? [];
      const answer = together(
        ofTable(table && { ...table, rows: names }, ['buyers', 'penetration'], keyOf),
        new Map(found.figures.map(({ id, value }) => [`market ${id}`, value])),
      );
      for (const row of names)
        brands.forEach(({ label }, at) => {
          const part = row[at + 3];
          if (typeof part === 'number') answer.set(`${keyOf(String(row[0]))}|${keyOf(label)} part`, part);
        });
      return { answer, sources: sourcesOf(found) };
    },
    sql: `
      WITH bought AS (
        SELECT DISTINCT brand_id, shopper_no FROM line
        WHERE category_id = ${category} AND purchase AND shopper_no IS NOT NULL AND ${within(year)}),
      base AS (SELECT count(DISTINCT shopper_no) AS shoppers FROM bought),
      mine AS (SELECT * FROM bought WHERE ${oneOf('brand_id', rivals)}),
      size AS (SELECT brand_id, count(*) AS buyers FROM mine GROUP BY 1),
      pair AS (
        SELECT a.brand_id AS a, b.brand_id AS b, count(*) AS shared
        FROM mine a JOIN mine b ON b.shopper_no = a.shopper_no AND b.brand_id <> a.brand_id GROUP BY 1, 2),
      chance AS (
        SELECT sum(1e0 * a.buyers * b.buyers) AS products FROM size a JOIN size b ON b.brand_id < a.brand_id)
      SELECT brand_id::text AS key, buyers, 1e2 * buyers / shoppers AS penetration, NULL::float8 AS part, NULL::float8 AS coefficient, NULL::float8 AS base
      FROM size, base
      UNION ALL
      SELECT p.a || '|' || p.b, NULL, NULL, 1e2 * p.shared / s.buyers, NULL, NULL FROM pair p JOIN size s ON s.brand_id = p.a
      UNION ALL
      SELECT 'market', NULL, NULL, NULL, sum(shared) / 2 * shoppers / products, shoppers
      FROM pair, base, chance GROUP BY shoppers, products`,
  };
}
