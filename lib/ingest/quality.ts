import 'server-only';
import type { PoolClient } from 'pg';
import type { ImportKind } from '@/lib/contract/imports';
import type { ImportReport } from '@/lib/contract/report';
import type { Survey } from './survey';
import type { Tally } from './tally';
import type { WarningRule } from './row';

/** Staged columns, by the field that they hold, that an accepted row may lack. Names of ours only: they become SQL. */
const optional: Record<string, string> = {
  time: '"time"',
  store: 'store',
  region: 'region',
  channel: 'channel',
  shopper: 'shopper',
  receipt: 'receipt',
  product: 'product',
  product_name: 'product_name',
  brand: 'brand',
  manufacturer: 'manufacturer',
  category: 'category',
  pack_size: 'pack_size',
  base_price: 'base_amount',
  base_amount: 'base_amount',
  discount: 'base_amount',
};
/** The column that a field stands in. */
const columnOf = (field: string): string => (field === 'time' ? field : (optional[field] ?? field));
/** The same of a product or store file. */
const described: Record<string, string> = {
  product_name: 'name',
  store_name: 'name',
  brand: 'brand',
  manufacturer: 'manufacturer',
  category: 'category',
  pack_size: 'pack_size',
  region: 'region',
  channel: 'channel',
};

/** What is wrong with a row that is taken all the same. Others say how the file is written, or are counted as missing. */
const doubtful: readonly WarningRule[] = ['large_amount', 'pack_size', 'mended_row', 'extra_fields'];

/** How sound and how full the staged rows are. */
export async function readQuality(
  client: PoolClient,
  import_: { workspaceId: number; importId: number; kind: ImportKind; fields: string[] },
  tally: Tally,
  survey: Survey | null,
): Promise<NonNullable<ImportReport['quality']>> {
  const { workspaceId, importId, kind } = import_;
  const lines = kind === 'transactions';
  const given = [...new Set(import_.fields.map((field) => (field.startsWith('category_') ? 'category' : field)))];
  const asked = given.filter((field) => (lines ? optional : described)[field] !== undefined);
  const counts = asked.map((field, at) =>
    lines
      ? `count(${optional[field]})::int AS f${at}`
      : `(count(*) FILTER (WHERE fields ? '${described[field]}'))::int AS f${at}`,
  );
  const seen = lines && survey;
  const { rows } = seen
    ? { rows: [seenIn(seen, asked, tally.accepted)] }
    : await client.query<Record<string, number>>(
        `SELECT ${['count(*)::int AS rows', ...counts].join(', ')} FROM ${lines ? 'staged_line' : 'staged_member'}
         WHERE workspace_id = $1 AND import_id = $2`,
        [workspaceId, importId],
      );
  const [row] = rows;
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  const fields = Object.fromEntries(
    asked.map((field, at) => [field, round(share(row?.[`f${at}`] ?? 0, row?.['rows'] ?? 0))]),
  );
  const shares = Object.values(fields);
  const warned = tally.warnedRows(doubtful);
  return qualityOf({
    accepted: share(tally.accepted, tally.accepted + tally.rejected),
    clean: 1 - Math.min(1, share(warned, tally.accepted)),
    complete: shares.length === 0 ? 1 : shares.reduce((sum, one) => sum + one, 0) / shares.length,
    fields,
  });
}

const seenIn = ({ filled }: Survey, fields: readonly string[], rows: number): Record<string, number> => ({
  rows,
  ...Object.fromEntries(fields.map((field, at) => [`f${at}`, filled.get(columnOf(field))?.count ?? 0])),
});

type Parts = Omit<NonNullable<ImportReport['quality']>, 'score'>;

/** 60 points for rows that can be taken, 20 for those without a warning, 20 for fields that are filled. */
export const qualityOf = ({ accepted, clean, complete, fields }: Parts): NonNullable<ImportReport['quality']> => ({
  score: accepted === 0 ? 0 : Math.round((60 * accepted + 20 * clean + 20 * complete) * 10) / 10,
  accepted: round(accepted),
  clean: round(clean),
  complete: round(complete),
  fields,
});

const round = (share: number): number => Math.round(share * 10_000) / 10_000;
