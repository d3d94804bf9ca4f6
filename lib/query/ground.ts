import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { QueryResponse, ShopperGroup } from '@/lib/contract/query';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import { chunkBytes } from '@/lib/packed/bits';
import { unpackBits } from '@/lib/packed/unpack';
import { because } from './explain';
import type { Ground } from './plan';
import { readSets, type Sets } from './read-sets';
import type { Resolved } from './resolve';
import { count, difference, intersection, type ShopperSet } from './shopper-sets';
import { readSlice } from './slice';

/** How the groups of shoppers were found. */
export type ChosenMeta = NonNullable<QueryResponse['meta']['shoppers']>;

/** What the statements of a query run on: with groups of shoppers filtered, their lines alone. */
export async function readGround(
  snapshot: Snapshot,
  { facts, tree, spec }: Resolved,
  given: Pick<Ground, 'forceLines' | 'fresh' | 'columns'>,
): Promise<{ ground: Ground; chosen: ChosenMeta | null }> {
  const ground: Ground = { facts, tree, ...given, shoppers: null };
  const groups = spec.filters.shoppers;
  if (!groups) return { ground, chosen: null };
  if (!facts.has.shopper) {
    throw new ApiError('unprocessable', 'No line of the data carries a shopper, so there are no groups of them.', [
      { field: 'filters.shoppers', message: 'must be left out' },
    ]);
  }
  const read: { are: ShopperGroup['are']; sets: Sets }[] = [];
  for (const group of groups) read.push({ are: group.are, sets: await readBuyers(snapshot, group, ground) });
  const of = (are: ShopperGroup['are']): ShopperSet[] =>
    read.filter((one) => one.are === are).map(({ sets }) => sets.entries[0]?.set ?? nobody);
  const [first, ...others] = of('buyers');
  const bought = others.reduce(intersection, first ?? (await readEverybody(snapshot, facts.workspaceId)));
  const set = of('non_buyers').reduce(difference, bought);
  return {
    ground: { ...ground, shoppers: { set } },
    chosen: tell(
      count(set),
      read.map(({ sets }) => sets),
    ),
  };
}

const nobody: ShopperSet = new Uint8Array();

const readBuyers = async (
  snapshot: Snapshot,
  { are: _, from, to, ...filters }: ShopperGroup,
  ground: Ground,
): Promise<Sets> =>
  readSets(
    snapshot,
    await readSlice(snapshot, ground.facts.workspaceId, { filters }, ground.tree),
    { from, to },
    ground,
  );

/** Every shopper that the workspace knows. */
async function readEverybody(snapshot: Snapshot, workspaceId: number): Promise<ShopperSet> {
  const rows = await snapshot.$queryRaw<{ chunk: number; bits: Uint8Array }[]>(sql.sql`
    SELECT (no >> 16)::smallint AS chunk, bit_send(shopper_bits(no & 65535, 1)) AS bits
    FROM shopper WHERE workspace_id = ${workspaceId}::int GROUP BY 1 ORDER BY 1`);
  const set = new Uint8Array(rows.length === 0 ? 0 : (rows.at(-1)!.chunk + 1) * chunkBytes);
  for (const { chunk, bits } of rows) set.set(unpackBits(bits), chunk * chunkBytes);
  return set;
}

function tell(shoppers: number, sets: readonly Sets[]): ChosenMeta {
  const choices = sets.map(({ choice }) => choice).filter(({ parts }) => parts.length > 0);
  const sources = new Set(choices.flatMap(({ parts }) => parts.map(({ source }) => source)));
  return {
    count: shoppers,
    source: [...sources].join(' + '),
    because: [...new Set(choices.map(because))].join(' '),
    rowsRead: sets.reduce((sum, { rowsRead }) => sum + rowsRead, 0),
    ms: Math.round(sets.reduce((sum, { ms }) => sum + ms, 0) * 10) / 10,
  };
}
