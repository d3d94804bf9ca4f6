import 'server-only';
import { sql } from '@/lib/db/client';
import { tripColumns } from '@/lib/rollups/levels';
import { ofChosen } from './chosen';
import type { Cut } from './cut';
import { allUnder, atNodes, inSpans, itself, name, nothing, oneOf, periodOf, type Sql } from './fragments';
import type { Ground, Part, StoredSum } from './plan';

/** Which rows of what shoppers spent. Those of whatever brand stand at the node, a brand's at the categories below it. */
export function selectSpend(cut: Cut, { spans }: Part, { facts, tree }: Ground): { key: Sql; from: Sql; where: Sql } {
  const { by } = cut.key;
  const ofBrands = cut.brands !== null || by === 'brand' || by === 'manufacturer';
  const nodes = atNodes(name('r.category_id'), cut, ofBrands ? allUnder(tree) : itself);
  const keys: Partial<Record<typeof by, Sql>> = {
    brand: sql.sql`r.brand_id::text`,
    manufacturer: sql.sql`b.manufacturer_id::text`,
  };
  return {
    key: nodes.key ?? keys[by] ?? nothing,
    from: sql.sql`
      FROM spend_month r ${nodes.join}
      ${by === 'manufacturer' ? sql.sql`JOIN brand b ON b.workspace_id = r.workspace_id AND b.id = r.brand_id` : sql.empty}`,
    where: sql.sql`
      WHERE r.workspace_id = ${facts.workspaceId}::int ${nodes.where} AND ${inSpans(name('r.month'), spans)}
        ${ofBrands ? sql.sql`AND r.brand_id <> 0` : sql.sql`AND r.brand_id = 0`} ${oneOf(name('r.brand_id'), cut.brands)}`,
  };
}

/** An entry stands for some lines: how many is not kept. */
const sums: Partial<Record<StoredSum, Sql>> = {
  lines: sql.sql`count(*)`,
  units: sql.sql`sum(spent.units)::numeric / 1000`,
  identified_units: sql.sql`sum(spent.units)::numeric / 1000`,
  amount: sql.sql`sum(spent.amount)`,
  identified_amount: sql.sql`sum(spent.amount)`,
};

/** Sums over the chosen shoppers, as key, period, sums, no trips, no shoppers, rows read. */
export function compileSpentSums(cut: Cut, part: Part, ground: Ground): Sql {
  const { key, from, where } = selectSpend(cut, part, ground);
  const columns = ground.columns.map((column) => {
    const sum = sums[column];
    if (!sum) throw new Error(`${column} is not kept by shopper`);
    return sum;
  });
  return sql.sql`
    SELECT ${key}, ${periodOf(name('r.month'), cut, ground.facts)},
           ${sql.join([...columns, ...tripColumns.map(() => name('NULL::int')), name('NULL::bigint'), name('count(*)')])}
    ${from} CROSS JOIN LATERAL unnest(r.shoppers, r.amount, r.units) AS spent(shopper, amount, units)
    ${ofChosen(ground.shoppers, name('spent.shopper'))}
    ${where} GROUP BY 1, 2`;
}
