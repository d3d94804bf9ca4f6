import 'server-only';
import { max } from 'd3-array';
import type { Snapshot } from '@/lib/db/snapshot';
import type { Range } from '@/lib/metrics/periods';
import { addBits, addShoppers, chunkBytes, type Bits } from '@/lib/packed/bits';
import { readPacked, type PackedRow } from '@/lib/packed/read';
import { unpackText, type Numbers } from '@/lib/packed/unpack';
import { listShoppers } from './compile-bits';
import { selectBuyers } from './compile-lines';
import { cellsOf, type Cut } from './cut';
import { chooseShoppers, packedFrom, reach, type Choice, type Ground, type Part } from './plan';
import { readStores, type Stores } from './read-stores';
import { count, intersection } from './shopper-sets';

/** Bits of the shoppers: shopper number n is bit 7 − n % 8 of byte n >> 3. */
export type ShopperSet = Uint8Array;

export interface Entry {
  key: string | null;
  period: string | null;
  set: ShopperSet;
}

export interface Sets {
  /** By row; under a grain by row and period, each an entry of its own. */
  entries: Entry[];
  choice: Choice;
  rowsRead: number;
  ms: number;
}

/** The shoppers with a purchase line, as sets: what they have in common is counted without asking again. */
export async function readSets(snapshot: Snapshot, cut: Cut, range: Range, ground: Ground): Promise<Sets> {
  const started = performance.now();
  const reached = reach(range, ground.facts.data);
  const asked = reached && cellsOf(cut).some((cell) => cell.nodes.length > 0);
  const choice: Choice = asked ? chooseShoppers(cut, reached, ground) : { parts: [], rejected: [] };
  const [united] = await uniteSets(snapshot, [{ cut, parts: choice.parts }], ground);
  return {
    entries: united!.entries,
    choice,
    rowsRead: united!.rowsRead,
    ms: performance.now() - started,
  };
}

/** What each cut's parts hold together, by key and period. */
export async function uniteSets(
  snapshot: Snapshot,
  asked: readonly { cut: Cut; parts: readonly Part[] }[],
  ground: Ground,
): Promise<{ entries: Entry[]; rowsRead: number }[]> {
  const unions = asked.map(() => new Union());
  const packed = asked.flatMap(({ cut, parts }, at) =>
    parts
      .filter(({ source }) => source !== 'lines')
      .map((part) => ({ cut, union: unions[at]!, ask: listShoppers(cut, part, ground) })),
  );
  const read = await readPacked(
    snapshot,
    packedFrom(ground),
    packed.map(({ ask }) => ask),
  );
  const passing = new Map<string, Stores>();
  for (const [at, { cut, union, ask }] of packed.entries()) {
    if (ask.columns.includes('bits')) {
      for (const row of read[at]!) addBitmap(union, row);
      continue;
    }
    const { key, stores, regions, channels, attributes } = cut;
    const filters = JSON.stringify([key, stores, regions, channels, attributes]);
    if (!passing.has(filters)) passing.set(filters, await readStores(snapshot, cut, ground));
    addVisits(union, read[at]!, cut, passing.get(filters)!);
  }
  for (const [at, { cut, parts }] of asked.entries()) {
    for (const part of parts.filter(({ source }) => source === 'lines')) {
      await addLines(snapshot, unions[at]!, cut, part, ground);
    }
  }
  return unions.map((union) => union.result(ground));
}

function addBitmap(union: Union, { key, period, ids, lists }: PackedRow): void {
  const chunk = ids.at(-1)!;
  addBits(union.at(key, period, chunk), chunk, lists['bits'] as Bits);
  union.rowsRead += 1;
}

/** The entries of stores that pass, which come store by store. */
function addVisits(union: Union, rows: readonly PackedRow[], cut: Cut, passing: Stores): void {
  const byPlace = ['region', 'channel', 'store', 'attribute'].includes(cut.key.by);
  for (const { key, period, ids, lists } of rows) {
    const { stores, shoppers } = lists as { stores: Numbers; shoppers: Numbers };
    for (let start = 0; start < stores.length;) {
      const store = stores[start]!;
      let end = start;
      while (end < stores.length && stores[end] === store) end++;
      const place = passing.get(store);
      if (place !== undefined) {
        addShoppers(union.at(byPlace ? place : key, period, ids.at(-1)!), shoppers.subarray(start, end));
      }
      start = end;
    }
    union.rowsRead += stores.length;
  }
}

async function addLines(snapshot: Snapshot, union: Union, cut: Cut, part: Part, ground: Ground): Promise<void> {
  const rows = await snapshot.$queryRaw<
    { key: string | null; period: string | null; shoppers: string; rows_read: string }[]
  >(selectBuyers(cut, part, ground));
  for (const { key, period, shoppers, rows_read: read } of rows) {
    union.rowsRead += Number(read);
    const found = unpackText(shoppers);
    addShoppers(union.at(key, period, (max(found) ?? 0) >> 16), found);
  }
}

class Union {
  private readonly entries = new Map<string, Entry>();
  rowsRead = 0;

  /** The set of a row, reaching as far as the chunk. */
  at(key: string | null, period: string | null, chunk: number): ShopperSet {
    const name = `${period ?? ''}\n${key ?? '\0'}`;
    const length = (chunk + 1) * chunkBytes;
    let entry = this.entries.get(name);
    if (!entry) this.entries.set(name, (entry = { key, period, set: new Uint8Array(length) }));
    if (entry.set.length < length) {
      const longer = new Uint8Array(length);
      longer.set(entry.set);
      entry.set = longer;
    }
    return entry.set;
  }

  result({ shoppers }: Ground): { entries: Entry[]; rowsRead: number } {
    const { rowsRead } = this;
    const all = [...this.entries.values()].sort(
      (a, b) => compare(a.key ?? '', b.key ?? '') || compare(a.period ?? '', b.period ?? ''),
    );
    if (!shoppers) return { entries: all, rowsRead };
    const entries = all.map((entry) => ({ ...entry, set: intersection(entry.set, shoppers.set) }));
    return { entries: entries.filter(({ set }) => count(set) > 0), rowsRead };
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
