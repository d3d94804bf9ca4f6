import 'server-only';
import type { ColumnStore } from '@/lib/columns/column-store';
import { makeRoom } from '@/lib/columns/make-room';
import type { Mapping } from '@/lib/contract/imports';
import { textsGiven } from './line-rows';
import { LONGEST_TEXT } from './row';
import type { Subject } from './touched';

/** So many rows come from PostgreSQL while those before them are read. */
const LOT = 500_000;

/** What codes of members are made of. */
const named = ['product', 'brand', 'category', 'store', 'region', 'channel', 'shopper'];

/** A sign is four bytes at the most, and a quote stands twice. */
const longestOf = (text: string): number => 8 * text.length;

/**
 * load_line: the staged lines, amounts in the minor unit, with all that they say of their members in the columns that are given.
 * `promotion`: whether their file says anything of promotions.
 */
export async function fetchLines(
  store: ColumnStore,
  { client, workspaceId, importId }: Subject,
  mapping: Mapping,
  { scale, promotion }: { scale: number; promotion: boolean },
): Promise<void> {
  const given = textsGiven(mapping);
  const texts = [...given].filter((column) => column !== 'receipt' && column !== 'pack_size');
  const columns = {
    ...{ row_no: 'INTEGER', date: 'DATE', time: 'TIME', receipt: 'VARCHAR' },
    ...{ units: 'DECIMAL(14,3)', amount: 'DECIMAL(18,4)', base_amount: 'DECIMAL(18,4)' },
    ...(promotion ? { promotion: 'SMALLINT' } : {}),
    is_return: 'BOOLEAN',
    ...Object.fromEntries(texts.map((column) => [column, 'VARCHAR'])),
    ...(given.has('pack_size') ? { pack_size: 'DECIMAL(14,6)' } : {}),
  };
  // Wholes and the rest apart, so that nothing is wider than 64 bits: that takes ten times as long.
  const minor = (column: string): string => {
    const [rounded, factor] = [`round(${column}, ${scale})`, 10 ** scale];
    const rest = `${rounded} - trunc(${rounded})::decimal(18, ${scale})`;
    return `trunc(${rounded})::bigint * ${factor} + ((${rest}) * ${factor})::bigint AS ${column}`;
  };
  const missing = named.filter((column) => !given.has(column)).map((column) => `NULL::VARCHAR AS ${column}`);
  if (!promotion) missing.push('NULL::SMALLINT AS promotion');
  const own = `workspace_id = ${workspaceId} AND import_id = ${importId}`;
  const { rows } = await client.query<{ last: number | null }>(
    `SELECT max(row_no) AS last FROM staged_line WHERE ${own}`,
  );
  const lots = Array.from({ length: Math.floor((rows[0]?.last ?? 0) / LOT) + 1 }, (_, lot) => lot * LOT);
  if (lots.length > 1) makeRoom();
  const attributes = mapping.attributes.reduce((sum, { column }) => sum + longestOf(column) + 8 * LONGEST_TEXT + 16, 0);
  await store.fetch(
    'load_line',
    columns,
    lots.map(
      (from) =>
        `SELECT ${Object.keys(columns).join(', ')} FROM staged_line WHERE ${own} AND row_no >= ${from} AND row_no < ${from + LOT}`,
    ),
    {
      as: `SELECT ${['* EXCLUDE (amount, base_amount)', minor('amount'), minor('base_amount'), ...missing].join(', ')},
                  round(amount, ${scale}) <> amount AS inexact FROM fetched`,
      longer: attributes,
    },
  );
}
