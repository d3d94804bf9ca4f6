import 'server-only';
import type { Snapshot } from '@/lib/db/snapshot';
import { sql } from '@/lib/db/client';
import type { Range } from '@/lib/metrics/periods';
import { uniteShoppers } from './compile';
import { cellsOf, type Cut } from './cut';
import { chooseShoppers, reach, type Choice, type Ground } from './plan';
import { unpackBits } from './unpack';

/** Bits of the shoppers: shopper number n is bit 7 − n % 8 of byte n >> 3. */
export type ShopperSet = Uint8Array;

export interface Sets {
  /** By row; under a grain by row and period, each an entry of its own. */
  entries: { key: string | null; period: string | null; set: ShopperSet }[];
  choice: Choice;
  rowsRead: number;
  ms: number;
}

const chunkBytes = 8_192;

interface Row {
  key: string | null;
  period: string | null;
  chunk: number;
  bits: Uint8Array;
  rows_read: string;
}

/** The shoppers with a purchase line, as sets: what they have in common is counted without asking again. */
export async function readSets(snapshot: Snapshot, cut: Cut, range: Range, ground: Ground): Promise<Sets> {
  const started = performance.now();
  const reached = reach(range, ground.facts.data);
  const asked = reached && cellsOf(cut).some((cell) => cell.nodes.length > 0);
  const choice: Choice = asked ? chooseShoppers(cut, reached, ground) : { parts: [], rejected: [] };
  const rows = asked
    ? await snapshot.$queryRaw<Row[]>(sql.sql`
        SELECT key, period, chunk, bit_send(bits) AS bits, rows_read::text
        FROM (${uniteShoppers(cut, choice.parts, ground)}) united ORDER BY key, period`)
    : [];
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const at = JSON.stringify([row.key, row.period]);
    found.set(at, [...(found.get(at) ?? []), row]);
  }
  return {
    entries: [...found.values()].map((chunks) => ({
      key: chunks[0]!.key,
      period: chunks[0]!.period,
      set: joinChunks(chunks),
    })),
    choice,
    rowsRead: rows.reduce((sum, row) => sum + Number(row.rows_read), 0),
    ms: performance.now() - started,
  };
}

export function joinChunks(rows: readonly Pick<Row, 'chunk' | 'bits'>[]): ShopperSet {
  const set = new Uint8Array((Math.max(-1, ...rows.map(({ chunk }) => chunk)) + 1) * chunkBytes);
  for (const { chunk, bits } of rows) set.set(unpackBits(bits), chunk * chunkBytes);
  return set;
}
