import 'server-only';
import { sql } from '@/lib/db/client';
import { shopperLevels, tripColumns } from '@/lib/rollups/levels';
import { chosenTable } from './chosen';
import { compileLineBits, compileLines } from './compile-lines';
import { compileProducts, compileSales } from './compile-sales';
import { compileSpentSums } from './compile-spend';
import { usesPlace, usesStore, type Cut } from './cut';
import {
  allUnder,
  atNodes,
  attributesMatch,
  inSpans,
  itself,
  name,
  nothing,
  oneOf,
  periodOf,
  type Sql,
} from './fragments';
import type { Ground, Part, Step, StoredSum } from './plan';

/** One row of a compiled statement. Numbers come as text: exact, and of any size. */
export type StepRow = { step: number; key: string | null; period: string | null; rows_read: string } & Partial<
  Record<StoredSum | (typeof tripColumns)[number] | 'shoppers', string | null>
>;

function compile(step: Step, ground: Ground): Sql {
  const { cut, choice, families } = step;
  if (readsBitmaps(step)) return compileShoppers(cut, choice.parts, ground);
  const trips = families.includes('trips');
  const parts = choice.parts.map((part) => {
    if (part.source === 'lines') return compileLines(cut, part, families, ground);
    if (part.source === 'spend_month') return compileSpentSums(cut, part, ground);
    if (part.source === 'sales_product_month' || part.source === 'sales_product_day') {
      return compileProducts(cut, part, trips, ground);
    }
    return compileSales(cut, part, trips, ground);
  });
  const names = statementColumns(ground);
  const totals = names.map((column) => sql.sql`sum(${name(column)})::text AS ${name(column)}`);
  return sql.sql`
    SELECT key, period, ${sql.join(totals)}
    FROM (${sql.join(parts, ' UNION ALL ')}) AS part(key, period, ${name(names.join(', '))})
    GROUP BY key, period`;
}

const statementColumns = ({ columns }: Ground): string[] => [...columns, ...tripColumns, 'shoppers', 'rows_read'];
const readsBitmaps = ({ families, choice }: Step): boolean =>
  families.includes('shoppers') && choice.parts.some((part) => part.source !== 'lines');

/** Steps as one statement, whose rows `step` tells apart: a round trip for each takes longer than most of them. */
export function compileTogether(steps: readonly Step[], ground: Ground): Sql {
  const each = steps.map((step, at) => {
    const values = statementColumns(ground).map((column) =>
      name(readsBitmaps(step) && column !== 'shoppers' && column !== 'rows_read' ? 'NULL::text' : `s.${column}`),
    );
    return sql.sql`SELECT ${name(String(at))}, s.key, s.period, ${sql.join(values)} FROM (${compile(step, ground)}) s`;
  });
  return sql.sql`
    SELECT * FROM (${sql.join(each, ' UNION ALL ')}) AS read(step, key, period, ${name(statementColumns(ground).join(', '))})`;
}

/** Bitmaps of the parts, united: key, period, chunk, bits, rows read. */
export function uniteShoppers(cut: Cut, parts: readonly Part[], ground: Ground): Sql {
  const bits = parts.map((part) =>
    part.source === 'lines' ? compileLineBits(cut, part, ground) : compileBits(cut, part, ground),
  );
  const united = sql.sql`
    SELECT key, period, chunk, bit_or(bits) AS bits, sum(rows_read) AS rows_read
    FROM (${sql.join(bits, ' UNION ALL ')}) AS part(key, period, chunk, bits, rows_read)
    GROUP BY key, period, chunk`;
  if (!ground.shoppers) return united;
  return sql.sql`
    SELECT key, period, chunk, united.bits & chosen.bits AS bits, rows_read
    FROM (${united}) united JOIN ${chosenTable(ground.shoppers)} USING (chunk)
    WHERE bit_count(united.bits & chosen.bits) > 0`;
}

const compileShoppers = (cut: Cut, parts: readonly Part[], ground: Ground): Sql => sql.sql`
  SELECT key, period, sum(bit_count(bits))::text AS shoppers, sum(rows_read)::text AS rows_read
  FROM (${uniteShoppers(cut, parts, ground)}) united
  GROUP BY key, period`;

/** Bitmaps of a rollup. Those of whatever brand stand at the node, a brand's at the categories below it. */
function compileBits(cut: Cut, part: Part, { facts, tree }: Ground): Sql {
  const level = shopperLevels.find((one) => one.table === part.source);
  if (!level) throw new Error(`${part.source} is no shopper rollup`);
  const { key: by } = cut;
  const ofBrands = cut.brands !== null || by.by === 'brand' || by.by === 'manufacturer';
  const nodes = atNodes(name('r.category_id'), cut, ofBrands ? allUnder(tree) : itself);
  const stores = usesPlace(cut) || usesStore(cut);
  const keys: Partial<Record<typeof by.by, Sql>> = {
    brand: sql.sql`r.brand_id::text`,
    manufacturer: sql.sql`b.manufacturer_id::text`,
    region: sql.sql`s.region_id::text`,
    channel: sql.sql`s.channel_id::text`,
    store: sql.sql`nullif(r.store_id, 0)::text`,
  };
  const attribute = by.by === 'attribute' ? sql.sql`s.attributes ->> ${by.name}` : nothing;
  const time = name(`r.${level.time}`);
  return sql.sql`
    SELECT ${nodes.key ?? keys[by.by] ?? attribute} AS key, ${periodOf(time, cut, facts)} AS period, r.chunk, r.bits, 1
    FROM ${name(level.table)} r ${nodes.join}
    ${by.by === 'manufacturer' ? sql.sql`JOIN brand b ON b.workspace_id = r.workspace_id AND b.id = r.brand_id` : sql.empty}
    ${stores ? sql.sql`LEFT JOIN store s ON s.workspace_id = r.workspace_id AND s.id = r.store_id` : sql.empty}
    WHERE r.workspace_id = ${facts.workspaceId}::int ${nodes.where} AND ${inSpans(time, part.spans)}
      ${ofBrands ? sql.sql`AND r.brand_id <> 0` : sql.sql`AND r.brand_id = 0`} ${oneOf(name('r.brand_id'), cut.brands)}
      ${oneOf(name('s.region_id'), cut.regions)} ${oneOf(name('s.channel_id'), cut.channels)}
      ${stores ? oneOf(name('r.store_id'), cut.stores) : sql.empty} ${attributesMatch('s', 'store', cut)}`;
}
