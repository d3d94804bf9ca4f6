import 'server-only';
import type { Exported } from '@/lib/contract/export';
import { escapeLiteral } from 'pg';
import { sql } from '@/lib/db/client';

type Sql = ReturnType<typeof sql.sql>;

/** What a column holds. `decimal`: whole numbers of 10^-scale, so that nothing is lost on the way. */
export type Kind = 'text' | 'date' | 'whole' | 'boolean' | { decimal: number };

export interface Column {
  name: string;
  kind: Kind;
  value: string;
}

export interface ExportTable {
  columns: Column[];
  /** What the rows are ordered by: unique, and an index has it. */
  order: string[];
  /** The rows of a page, as `r`, and what is joined to them. */
  from: (page: (table: string) => Sql) => Sql;
  /** The column of dates, where dates can be asked for. */
  time?: string;
}

const units: Kind = { decimal: 3 };
/** The names of the categories from the top, by category: looked up once a page. */
const paths = `LEFT JOIN (SELECT a.workspace_id, a.category_id,
    coalesce(string_agg(c.name, ' > ' ORDER BY c.depth) FILTER (WHERE c.parent_id IS NOT NULL), min(c.name)) AS path, max(c.depth) AS depth
  FROM category_ancestor a JOIN category c ON c.workspace_id = a.workspace_id AND c.id = a.ancestor_id
  GROUP BY 1, 2) g ON g.workspace_id = r.workspace_id AND g.category_id =`;
const as =
  (kind: Kind) =>
  (name: string, value: string): Column => ({ name, kind, value });
const text = as('text');
const whole = as('whole');
const yes = as('boolean');
const inThousandths = (name: string, value: string): Column => as(units)(name, `(${value} * 1000)::bigint::text`);

/** A table that has more attributes gives them in one column, as JSON. */
const mostAttributes = 500;

/** A column for each attribute of the members, behind their own; one that is named like those says what it is. */
function withAttributes(own: Column[], names: readonly string[]): Column[] {
  if (names.length > mostAttributes) return [...own, text('attributes', 'r.attributes::text')];
  const taken = new Set(own.map(({ name }) => name));
  const nameOf = (name: string): string => {
    const free = taken.has(name) ? nameOf(`attribute ${name}`) : name;
    taken.add(free);
    return free;
  };
  return [...own, ...names.map((name) => text(nameOf(name), `r.attributes ->> ${escapeLiteral(name)}`))];
}

/**
 * The tables as files; the names of columns are those that an import proposes. `scale`: decimals of the workspace's money;
 * `attributes`: the names that the table's members have.
 */
export function tableOf(
  of: Exported,
  { scale, shoppers, attributes }: { scale: number; shoppers: boolean; attributes: readonly string[] },
): ExportTable {
  const money = (name: string, value: string): Column => as({ decimal: scale })(name, `${value}::text`);
  const joined = (rest: string) => (page: (table: string) => Sql) => sql.sql`${page(tables[of])} ${sql.raw(rest)}`;
  const all: Record<Exported, ExportTable> = {
    lines: {
      columns: [
        as('date')('date', `to_char(r.date, 'YYYY-MM-DD')`),
        text('time', `to_char(r.time, 'HH24:MI:SS')`),
        text('store', 't.code'),
        text('region', 'n.name'),
        text('channel', 'h.name'),
        text('receipt', 'b.receipt'),
        ...(shoppers ? [text('shopper', 'k.code')] : []),
        text('product', 'CASE WHEN NOT p.unspecified THEN p.code END'),
        text('product_name', 'CASE WHEN NOT p.unspecified THEN p.name END'),
        text('brand', 'm.name'),
        text('category', 'g.path'),
        inThousandths('units', 'r.units'),
        money('amount', 'r.amount'),
        money('base_amount', 'r.base_amount'),
        yes('promotion', 'r.promotion > 0'),
        yes('is_return', 'r.is_return'),
        whole('import', 'r.import_id'),
        whole('row', 'r.row_no'),
      ],
      order: ['import_id', 'row_no'],
      time: 'date',
      from: joined(`JOIN product p ON p.workspace_id = r.workspace_id AND p.id = r.product_id
        JOIN brand m ON m.workspace_id = p.workspace_id AND m.id = p.brand_id
        LEFT JOIN store t ON t.workspace_id = r.workspace_id AND t.id = r.store_id
        LEFT JOIN region n ON n.workspace_id = r.workspace_id AND n.id = t.region_id
        LEFT JOIN channel h ON h.workspace_id = r.workspace_id AND h.id = t.channel_id
        LEFT JOIN shopper k ON k.workspace_id = r.workspace_id AND k.no = r.shopper_no
        LEFT JOIN basket b ON b.workspace_id = r.workspace_id AND b.id = r.basket_id
        ${paths} p.category_id`),
    },
    products: {
      columns: [
        text('product', 'CASE WHEN NOT r.unspecified THEN r.code END'),
        text('name', 'r.name'),
        text('brand', 'm.name'),
        text('manufacturer', 'u.name'),
        text('category', 'g.path'),
        text('pack_size', 'trim_scale(r.pack_size)::text'),
        text('pack_unit', 'r.pack_unit'),
      ],
      order: ['id'],
      from: joined(`JOIN brand m ON m.workspace_id = r.workspace_id AND m.id = r.brand_id
        LEFT JOIN manufacturer u ON u.workspace_id = m.workspace_id AND u.id = m.manufacturer_id
        ${paths} r.category_id`),
    },
    stores: {
      columns: [text('store', 'r.code'), text('name', 'r.name'), text('region', 'n.name'), text('channel', 'h.name')],
      order: ['id'],
      from: joined(`LEFT JOIN region n ON n.workspace_id = r.workspace_id AND n.id = r.region_id
        LEFT JOIN channel h ON h.workspace_id = r.workspace_id AND h.id = r.channel_id`),
    },
    shoppers: {
      columns: [text('shopper', 'r.code')],
      order: ['no'],
      from: joined(''),
    },
    sales: {
      columns: [
        as('date')('month', `to_char(r.month, 'YYYY-MM-DD')`),
        text('category', 'g.path'),
        whole('level', 'g.depth'),
        text('brand', 'm.name'),
        text('manufacturer', 'u.name'),
        money('value_sales', 'r.amount'),
        inThousandths('unit_sales', 'r.units'),
        whole('trips', 'r.trips'),
        whole(
          'buyers',
          // A brand's shoppers are kept at the categories that its products hang on: those of a node are who bought in any below it.
          `coalesce((SELECT sum(bit_count(u.bits)) FROM (
             SELECT bit_or(s.bits) AS bits FROM category_ancestor a
             JOIN shopper_month s ON s.workspace_id = a.workspace_id AND s.category_id = a.category_id
             WHERE a.workspace_id = r.workspace_id AND a.ancestor_id = r.category_id AND s.brand_id = r.member_id AND s.month = r.month
             GROUP BY s.chunk) u), 0)`,
        ),
        money('promoted_value', 'r.promoted_amount'),
        inThousandths('promoted_units', 'r.promoted_units'),
      ],
      order: ['category_id', 'member_kind', 'member_id', 'month'],
      time: 'month',
      from: joined(`JOIN brand m ON m.workspace_id = r.workspace_id AND m.id = r.member_id
        LEFT JOIN manufacturer u ON u.workspace_id = m.workspace_id AND u.id = m.manufacturer_id
        ${paths} r.category_id`),
    },
  };
  const table = all[of];
  return members.has(of) ? { ...table, columns: withAttributes(table.columns, attributes) } : table;
}

/** What has attributes. */
const members: ReadonlySet<Exported> = new Set(['products', 'stores', 'shoppers']);

/** The query for the names of all attributes that members of a table have; null: the table has none. */
export const attributesOf = (of: Exported, workspaceId: number): Sql | null =>
  members.has(of)
    ? sql.sql`SELECT DISTINCT jsonb_object_keys(attributes) AS name FROM ${sql.raw(tables[of])}
        WHERE workspace_id = ${workspaceId}::int ORDER BY 1`
    : null;

const tables: Record<Exported, string> = {
  lines: 'sale_line',
  products: 'product',
  stores: 'store',
  shoppers: 'shopper',
  sales: 'sales_month',
};
