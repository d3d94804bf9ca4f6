import { randomUUID } from 'node:crypto';
import { createWorkspace } from '@/lib/access/create-workspace';
import type { ImportKind, Mapping } from '@/lib/contract/imports';
import { loadPool } from '@/lib/db/pool';

// Imports that look checked, made without a file: what publishing starts from.

export interface StagedLine {
  date: string;
  store?: string;
  region?: string;
  channel?: string;
  shopper?: string;
  receipt?: string;
  product?: string;
  product_name?: string;
  brand?: string;
  manufacturer?: string;
  /** Path, levels joined by "/". */
  category?: string;
  pack_size?: number;
  pack_unit?: string;
  units?: number;
  amount: number | string;
  base_amount?: number;
  promotion?: number;
  is_return?: boolean;
  attributes?: Record<string, Record<string, string>>;
}

export const newWorkspace = (): Promise<number> =>
  createWorkspace({ name: 'Publishing', slug: `publish-${randomUUID().slice(0, 12)}` });

interface Options {
  mapping?: Partial<Mapping>;
  neededScale?: number;
}

async function newImport(workspaceId: number, kind: ImportKind, rows: number, options: Options): Promise<number> {
  const grain = options.mapping?.grain ?? 'receipt';
  const made = await loadPool.query<{ id: number }>(
    `INSERT INTO import (workspace_id, kind, state, file_name, file_size, file_hash, file_path, mapping, grain, rows_in,
                         rows_accepted, rows_rejected, report)
     VALUES ($1, $2, 'validated', $3, 0, $4, '', $5, $6, $7, $7, 0, $8) RETURNING id`,
    [
      workspaceId,
      kind,
      `${kind}.csv`,
      randomUUID(),
      JSON.stringify({ columns: {}, ...options.mapping }),
      kind === 'transactions' ? grain : null,
      rows,
      JSON.stringify({
        warnings: [],
        rejections: [],
        duplicates: [],
        newMembers: {},
        neededScale: options.neededScale ?? 2,
      }),
    ],
  );
  return made.rows[0]!.id;
}

/** The fields that are columns of the file that it looks like. */
const fieldsOf = (lines: StagedLine[]): Record<string, string> => {
  const names = new Set(lines.flatMap((line) => Object.keys(line)));
  return Object.fromEntries([...names].map((name) => [name === 'category' ? 'category_1' : name, name]));
};

export async function stageLines(workspaceId: number, lines: StagedLine[], options: Options = {}): Promise<number> {
  const members = new Set(lines.flatMap(({ attributes }) => Object.keys(attributes ?? {})));
  const attributes = [...members].map((of) => ({ of, column: of })) as Mapping['attributes'];
  const importId = await newImport(workspaceId, 'transactions', lines.length, {
    ...options,
    mapping: { columns: fieldsOf(lines), attributes, ...options.mapping },
  });
  await loadPool.query(
    `INSERT INTO staged_line (workspace_id, import_id, row_no, date, store, region, channel, shopper, receipt, product,
       product_name, brand, manufacturer, category, pack_size, pack_unit, units, amount, base_amount, promotion, is_return,
       product_attributes, store_attributes, shopper_attributes)
     SELECT $1, $2, row_number() OVER () + 1, date, store, region, channel, shopper, receipt, product, product_name, brand,
            manufacturer, replace(category, '/', E'\\x1f'), pack_size, pack_unit, coalesce(units, 1), amount, base_amount,
            promotion, coalesce(is_return, false), attributes->>'product', attributes->>'store', attributes->>'shopper'
     FROM jsonb_to_recordset($3) AS l (date date, store text, region text, channel text, shopper text, receipt text, product text,
       product_name text, brand text, manufacturer text, category text, pack_size numeric, pack_unit text, units numeric,
       amount numeric, base_amount numeric, promotion smallint, is_return boolean, attributes jsonb)`,
    [workspaceId, importId, JSON.stringify(lines)],
  );
  return importId;
}

export async function stageMembers(
  workspaceId: number,
  kind: 'products' | 'stores',
  rows: Record<string, Record<string, unknown>>,
): Promise<number> {
  const list = Object.entries(rows);
  const importId = await newImport(workspaceId, kind, list.length, {});
  for (const [at, [code, fields]] of list.entries())
    await loadPool.query(
      'INSERT INTO staged_member (workspace_id, import_id, row_no, code, fields) VALUES ($1, $2, $3, $4, $5)',
      [workspaceId, importId, at + 2, code, JSON.stringify(fields)],
    );
  return importId;
}

/**
 * Every number of the workspace with names in place of ids, which a member gets anew when it comes again. Bitmaps too:
 * shopper numbers stay as long as their shopper does.
 */
export async function numbersOf(workspaceId: number): Promise<string[]> {
  const member = `(SELECT name FROM category WHERE workspace_id = $1 AND id = t.category_id) || '|' ||`;
  const named = `CASE t.member_kind WHEN 1 THEN (SELECT name FROM manufacturer WHERE workspace_id = $1 AND id = t.member_id)
      WHEN 2 THEN (SELECT name FROM brand WHERE workspace_id = $1 AND id = t.member_id) ELSE '' END`;
  const place = `coalesce((SELECT name FROM region WHERE workspace_id = $1 AND id = t.region_id), '') || '|' ||
      coalesce((SELECT name FROM channel WHERE workspace_id = $1 AND id = t.channel_id), '')`;
  const brand = `coalesce((SELECT name FROM brand WHERE workspace_id = $1 AND id = t.brand_id), '')`;
  const rest = `(to_jsonb(t) - 'workspace_id' - 'category_id' - 'member_id' - 'region_id' - 'channel_id' - 'brand_id' - 'store_id' - 'product_id')::text`;
  const sources: [table: string, key: string, entries?: string][] = [
    ['sales_day', `${member} ${named}`],
    ['sales_month', `${member} ${named}`],
    ['sales_day_place', `${member} ${named} || '|' || ${place}`],
    ['sales_month_place', `${member} ${named} || '|' || ${place}`],
    ['sales_product_day', `(SELECT code FROM product WHERE workspace_id = $1 AND id = t.product_id)`],
    ['sales_product_month', `(SELECT code FROM product WHERE workspace_id = $1 AND id = t.product_id)`],
    ['shopper_day', `${member} ${brand}`],
    ['shopper_month', `${member} ${brand}`],
    [
      'shopper_month_store',
      `${member} ${brand} || '|' || coalesce((SELECT code FROM store WHERE workspace_id = $1 AND id = t.store_id), '')`,
      `(SELECT workspace_id, month, category_id, brand_id, store_id, shopper
        FROM shopper_month_store, unnest(stores, shoppers) AS entry(store_id, shopper))`,
    ],
  ];
  const found: string[] = [];
  for (const [table, key, entries = table] of sources) {
    const { rows } = await loadPool.query<{ row: string }>(
      `SELECT '${table} ' || (${key}) || ' ' || md5(${rest}) AS row FROM ${entries} t WHERE t.workspace_id = $1 ORDER BY 1`,
      [workspaceId],
    );
    found.push(...rows.map(({ row }) => row));
  }
  const { rows } = await loadPool.query<{ row: string }>(
    `SELECT 'product ' || concat_ws('|', p.code, p.name, b.name, m.name, c.name, p.pack_size, p.pack_unit, p.attributes) AS row
     FROM product p JOIN brand b ON b.workspace_id = p.workspace_id AND b.id = p.brand_id
     LEFT JOIN manufacturer m ON m.workspace_id = b.workspace_id AND m.id = b.manufacturer_id
     JOIN category c ON c.workspace_id = p.workspace_id AND c.id = p.category_id WHERE p.workspace_id = $1
     UNION ALL SELECT 'store ' || concat_ws('|', s.code, s.name, r.name, c.name, s.attributes)
     FROM store s LEFT JOIN region r ON r.workspace_id = s.workspace_id AND r.id = s.region_id
     LEFT JOIN channel c ON c.workspace_id = s.workspace_id AND c.id = s.channel_id WHERE s.workspace_id = $1
     UNION ALL SELECT 'shopper ' || concat_ws('|', no, code, attributes) FROM shopper WHERE workspace_id = $1
     UNION ALL SELECT 'category ' || depth || ' ' || name FROM category WHERE workspace_id = $1
     UNION ALL SELECT 'basket ' || concat_ws('|', date, receipt) FROM basket WHERE workspace_id = $1
     UNION ALL SELECT 'workspace ' || concat_ws('|', grain, baskets_span) FROM workspace WHERE id = $1
     ORDER BY 1`,
    [workspaceId],
  );
  return [...found, ...rows.map(({ row }) => row)];
}
