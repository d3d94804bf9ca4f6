import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { NumberSpec } from '@/lib/contract/analysis-shoppers';
import type { Snapshot } from '@/lib/db/snapshot';
import { analysisOf } from '@/lib/metrics/analyses';
import { whyLacking } from '@/lib/query/availability';
import { paged, streamed, type Paging } from '@/lib/query/counted';
import { buyerColumns, buyerPlace, buyersOf, type Buyers } from '@/lib/query/list-shoppers';
import { readPlace } from '@/lib/query/place';
import type { Counted } from './opens';
import { begin, look, within } from './run';
import type { Findings } from './study';

const notOpen = (field: string, message: string): ApiError =>
  new ApiError('invalid_request', 'No shoppers stand behind this number.', [{ field: `number.${field}`, message }]);

/** A list that may well be empty is not refused: what has no such number is. */
async function find({ opens = {}, figures, tables }: Findings, { number }: NumberSpec) {
  if ('figure' in number) {
    const figure = figures.find(({ id }) => id === number.figure);
    const open = opens.figures?.[number.figure];
    if (!figure || !open) throw notOpen('figure', `must be one of ${listed(Object.keys(opens.figures ?? {}))}`);
    if (figure.value === null) throw notOpen('figure', 'its number is not known');
    return { of: figure.label, counted: await open() };
  }
  const table = tables.find(({ id }) => id === number.table);
  const opening = opens.tables?.[number.table];
  if (!table || !opening) throw notOpen('table', `must be one of ${listed(Object.keys(opens.tables ?? {}))}`);
  const open = opening.columns[number.column];
  const at = table.columns.findIndex(({ id }) => id === number.column);
  if (!open || at < 0) throw notOpen('column', `must be one of ${listed(Object.keys(opening.columns))}`);
  const rows = Math.min(opening.rows ?? table.rows.length, table.rows.length);
  const row = table.rows[number.row];
  if (!row || number.row >= rows) throw notOpen('row', rows > 0 ? `must be 0 to ${rows - 1}` : 'there are no rows');
  if (row[at] === null) throw notOpen('row', 'its number is not known');
  const counted: Counted = await open(number.row);
  return { of: `${row[0]} · ${table.columns[at]!.label}`, counted };
}

const listed = (names: readonly string[]): string => (names.length > 0 ? names.join(', ') : 'none: it opens nothing');

/** Who the number counts, found as it was counted. */
async function ask(snapshot: Snapshot, workspaceId: number, { number, ...spec }: NumberSpec, which: Buyers) {
  const { study } = await begin(snapshot, workspaceId, spec, {});
  const lacking = whyLacking(analysisOf(spec.analysis).needs, study.resolved);
  if (lacking) throw new ApiError('unprocessable', lacking);
  const { of, counted } = await find(await look(study), { ...spec, number });
  const { shoppers: among, cut, range } = counted;
  const listed = buyersOf({ cut, key: null, range }, study.ground, { ...which, among });
  return { ...listed, total: () => Promise.resolve(among.length), more: { of } };
}

export function listAnalysisShoppers(workspaceId: number, spec: NumberSpec, { limit, cursor }: Paging) {
  const after = readPlace(cursor, buyerPlace);
  return within(() => paged(limit, (snapshot) => ask(snapshot, workspaceId, spec, { after, limit })));
}

export const streamAnalysisShoppers = (workspaceId: number, spec: NumberSpec): AsyncGenerator<string> =>
  streamed(buyerColumns, (snapshot) => ask(snapshot, workspaceId, spec, { after: null }));
