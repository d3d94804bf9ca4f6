import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { DrillSpec } from '@/lib/contract/drill';
import { querySpec } from '@/lib/contract/query';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import type { Need } from '@/lib/metrics/catalog';
import type { Leaves } from '@/lib/metrics/compute';
import { addDays, endOf, startOf, within, type Range } from '@/lib/metrics/periods';
import { sumColumns } from '@/lib/rollups/levels';
import { whyLacking } from './availability';
import { checkIds } from './check';
import { selectLines } from './compile-lines';
import { narrow, type Cut, type Family } from './cut';
import type { Sql } from './fragments';
import { Gathering } from './gather';
import { readGround } from './ground';
import { sliceOf } from './groups';
import { earlierCut, pairing } from './pairing';
import type { Ground } from './plan';
import type { Reader } from './read';
import { resolve, type Resolved } from './resolve';
import { scopesOf, totalScopes, type Scopes } from './scopes';
import { readSold } from './sold';

// From a number of an answer to the lines under it: settled by what settled the number, so that both are of the same lines.

/** What one leaf of the number runs over; null where there are no dates to compare with. */
export interface Under {
  cut: Cut;
  key: string | null;
  range: Range | null;
}

export interface Settled {
  resolved: Resolved;
  ground: Ground;
  under(scope: DrillSpec['scope'], family: Family, when: DrillSpec['when']): Under;
  /** The row by itself, of a question about its own dates. */
  gathering(reader: Reader): { gathering: Gathering; key: string | null };
}

type Asked = Omit<DrillSpec, 'scope' | 'when' | 'only'>;

const wrong = (field: string, message: string): ApiError =>
  new ApiError('invalid_request', `The ${field} is wrong.`, [{ field, message }]);

/** Settles the question of a number, and which of its rows is meant. */
export async function settle(
  snapshot: Snapshot,
  workspaceId: number,
  spec: Asked,
  needs: readonly Need[],
): Promise<Settled> {
  const { member, period, from, to, filters, by, grain, compare, market } = spec;
  const question = querySpec.parse({
    metrics: ['value_sales'],
    from,
    to,
    filters,
    by,
    grain,
    compare,
    market,
    limit: 1,
  });
  const resolved = await resolve(snapshot, workspaceId, question, needs);
  const lacking = whyLacking(needs, resolved);
  if (lacking) throw new ApiError('unprocessable', lacking);
  await checkMember(snapshot, workspaceId, resolved, member);
  const { ground } = await readGround(snapshot, resolved, { forceLines: false, fresh: false, columns: sumColumns });
  const { scopes, key } = await readScopes(snapshot, resolved, ground, member);
  const dates = datesOf(resolved, period);
  return {
    resolved,
    ground,
    gathering: (reader) => {
      const own = { ...resolved, range: dates.now ?? resolved.range, before: dates.before };
      return { gathering: new Gathering(reader, own, untimed(scopes)), key };
    },
    under: (scope, family, when) => {
      const reference = scope === 'slice' ? null : scopes[scope === 'market' ? marketOf(family) : scope];
      const cut = reference?.cut ?? scopes.slice;
      const row = reference ? reference.keyFor(key) : key;
      return { cut: { ...narrow(cut, [row]), grain: null }, key: row, range: dates[when] };
    },
  };
}

const untimed = ({ marketNodes, slice, ...references }: Scopes): Scopes => {
  const each = Object.entries(references).map(([name, one]) => [name, { ...one, cut: { ...one.cut, grain: null } }]);
  return { ...(Object.fromEntries(each) as typeof references), slice: { ...slice, grain: null }, marketNodes };
};

const marketOf = (family: Family): 'market' | 'marketShoppers' =>
  family === 'shoppers' || family === 'stores' ? 'marketShoppers' : 'market';

async function checkMember(
  snapshot: Snapshot,
  workspaceId: number,
  { spec: { by }, slice: { key } }: Resolved,
  member: string | null | undefined,
): Promise<void> {
  if (member === undefined || member === null || !by) return;
  if (member.includes('\0')) throw wrong('member', 'must hold no NUL character');
  if (key.by === 'cells' && key.cells.every((cell) => cell.key !== member))
    throw wrong('member', 'must be a category of the break-down');
  if (key.by === 'attribute' || key.by === 'promotion' || key.by === 'cells') return;
  const id = /^\d{1,10}$/.test(member) ? Number(member) : 0;
  if (id < 1 || id > 2_147_483_647) throw wrong('member', `must be the id of a ${by}, as text`);
  await checkIds(snapshot, workspaceId, [['member.', { [by]: [id] }]]);
}

/** As the answer has them: a row's, or those of the total; a group is a slice of its own. */
async function readScopes(
  snapshot: Snapshot,
  { slice, market, range, before, tree }: Resolved,
  ground: Ground,
  member: string | null | undefined,
): Promise<{ scopes: Scopes; key: string | null }> {
  const { key } = slice;
  const group = key.by === 'group' ? key.groups.find(({ id }) => String(id) === member) : undefined;
  if (member !== undefined && key.by === 'group' && !group) throw wrong('member', 'must be a group of the break-down');
  const cut = group ? sliceOf(slice, group) : slice;
  const sold = market === 'sold' ? await readSold(snapshot, cut, range, before, ground) : null;
  if (member === undefined) return { scopes: totalScopes(cut, market, sold, tree), key: null };
  return { scopes: scopesOf(cut, market, sold, tree), key: group ? null : member };
}

function datesOf(resolved: Resolved, period: string | undefined): Record<DrillSpec['when'], Range | null> {
  const { range, before, facts } = resolved;
  const { grain } = resolved.slice;
  if (period === undefined || !grain) return { now: range, before };
  const { calendar } = facts;
  if (startOf(grain, period, calendar) !== period) throw wrong('period', `must be the first day of a ${grain}`);
  const cut = ({ from, to }: Range, days: number, within_: Range) =>
    within({ from: addDays(from, -days), to: addDays(to, -days) }, within_);
  const now = cut({ from: period, to: endOf(grain, period, calendar) }, 0, range);
  const earlier = pairing(resolved, grain)(period)?.period;
  const { daysOn = 0 } = earlierCut(resolved.slice, resolved);
  return {
    now,
    before: before && earlier ? cut({ from: earlier, to: endOf(grain, earlier, calendar) }, daysOn, before) : null,
  };
}

/** FROM and WHERE of the lines under a leaf, `l` each; none where there are no dates. */
export function linesOf({ cut, key, range }: Under, ground: Ground): Sql {
  if (!range) return sql.sql`FROM sale_line l WHERE false`;
  const lines = selectLines(cut, { source: 'lines', spans: [range] }, ground);
  return sql.sql`${lines.from} AND ${lines.key} IS NOT DISTINCT FROM ${key}::text`;
}

/** The leaves themselves, from where the answer has them. */
export async function readUnder(
  reader: Reader,
  wanted: readonly { under: Under; family: Family }[],
): Promise<(Leaves | null)[]> {
  for (const { under, family } of wanted) reader.need(under.cut, under.range, [family]);
  await reader.run();
  return wanted.map(({ under: { cut, range, key } }) => reader.leaves(cut, range, key, null));
}
