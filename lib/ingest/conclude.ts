import 'server-only';
import type { PoolClient } from 'pg';
import { ApiError } from '@/lib/contract/errors';
import type { ImportKind, Mapping } from '@/lib/contract/imports';
import { countNew, countUncategorised } from './count-new';
import { isCurrency } from '@/lib/values/currency';
import { findSharedBrands } from './find-shared-brands';
import { heldBack, judge } from './judge';
import { fieldsGiven } from '@/lib/mapping/made';
import { promotionBits } from './promotion-bits';
import { readQuality } from './quality';
import type { Progress } from './reading';
import { Stopped } from './state';
import type { Survey } from './survey';
import type { Tally } from './tally';

interface Read {
  workspaceId: number;
  importId: number;
  kind: ImportKind;
  mapping: Mapping;
  /** Decimals of the workspace's smallest coin. */
  scale: number;
  /** It takes the place of what other files brought. */
  replaces: boolean;
  onProgress: ((progress: Progress) => void | Promise<void>) | undefined;
}

/** Judges the staged rows as a whole, writes down what the check has found, and answers whether the file can be published. */
export async function conclude(client: PoolClient, read: Read, tally: Tally, survey: Survey | null): Promise<boolean> {
  const { workspaceId, importId, kind, mapping } = read;
  const lines = kind === 'transactions';
  if (tally.accepted + tally.rejected === 0)
    throw new ApiError('unprocessable', 'The file holds a header and no rows below it.');
  const fields = fieldsGiven(mapping);
  if (lines && !fields.includes('units'))
    tally.warn('units_missing', 'No units column is mapped; every row counts as one unit', null, tally.accepted);
  if (lines && !tally.promotion && promotionBits.some(([field]) => fields.includes(field)))
    tally.warn(
      'promotion_missing',
      'No row has a value in the column of a promotion, so nothing is known of promotions',
      null,
      tally.accepted,
    );
  await read.onProgress?.({
    stage: 'counting',
    done: tally.accepted + tally.rejected,
    total: tally.accepted + tally.rejected,
  });
  const newMembers = await countNew(client, { workspaceId, importId, kind, fields }, survey);
  const uncategorised =
    lines && fields.includes('product') ? await uncategorisedOf(client, read, fields, newMembers, tally, survey) : 0;
  if (uncategorised > 0)
    tally.warn(
      'no_category',
      'New products come without a category; a product file loaded before gives them theirs',
      null,
      uncategorised,
    );
  const shared = await findSharedBrands(client, { workspaceId, importId, kind, mapping });
  if (shared) tally.warn('brand_manufacturers', shared.message, null, shared.count);
  const named = tally.currency !== null && isCurrency(tally.currency) ? tally.currency : null;
  const judged = lines
    ? await judge(client, {
        workspaceId,
        importId,
        mapping,
        fields,
        rows: tally.accepted,
        currency: named,
        replaces: read.replaces,
        newStores: newMembers['store'],
        tally,
        survey,
      })
    : [];
  const quality = await readQuality(client, { workspaceId, importId, kind, fields }, tally, survey);
  const { warnings, ...rest } = tally.report();
  const report = { ...rest, warnings: [...warnings, ...judged] };
  const worst = report.rejections[0];
  const error =
    tally.accepted > 0
      ? heldBack(judged)
      : `${noneOf(tally.rejected)} ${worst?.column ? `${worst.column}: ` : ''}${worst?.reason}.`;
  const { units, amount } = tally.totals();
  const { from, to } = tally.range();
  const { dateOrder, currency, promotion } = tally;
  const scale = Math.max(tally.neededScale(), read.scale);
  const { rowCount } = await client.query(
    `UPDATE import SET state = $3, grain = $4, rows_in = $5, rows_accepted = $6, rows_rejected = $7, total_units = $8,
            total_amount = $9, date_from = $10, date_to = $11, report = $12, error = $13, progress = NULL
      WHERE workspace_id = $1 AND id = $2 AND state = 'validating'`,
    [
      workspaceId,
      importId,
      error === null ? 'validated' : 'failed',
      lines ? mapping.grain : null,
      tally.accepted + tally.rejected,
      tally.accepted,
      tally.rejected,
      lines ? units : null,
      lines ? amount : null,
      from,
      to,
      JSON.stringify({
        ...report,
        newMembers,
        quality,
        ...(lines && { neededScale: scale, read: { dateOrder, currency, promotion } }),
      }),
      error,
    ],
  );
  if (rowCount === 0)
    throw new Stopped('conflict', `Import ${importId} was paused, cancelled or discarded while it was checked.`);
  return error === null;
}

const noneOf = (rows: number): string =>
  rows === 1 ? 'Its only row cannot be taken.' : `None of the ${rows.toLocaleString('en')} rows can be taken.`;

/** New products that no line gives a category. */
function uncategorisedOf(
  client: PoolClient,
  { workspaceId, importId }: Read,
  fields: readonly string[],
  newMembers: Record<string, number>,
  tally: Tally,
  survey: Survey | null,
): number | Promise<number> {
  if (!fields.some((field) => field.startsWith('category_'))) return newMembers['product'] ?? 0;
  if (survey?.filled.get('category')?.count === tally.accepted) return 0;
  return countUncategorised(client, workspaceId, importId);
}
