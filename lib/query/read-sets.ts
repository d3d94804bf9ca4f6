import 'server-only';
import { group } from 'd3-array';
import type { Snapshot } from '@/lib/db/snapshot';
import type { Range } from '@/lib/metrics/periods';
import { addBits, addShoppers, bitsOf, chunkBytes, shoppersOf, type Bits } from '@/lib/packed/bits';
import type { Lists } from '@/lib/packed/keep';
import { packedLevel } from '@/lib/packed/levels';
import { readPacked, type Level, type PackedRow } from '@/lib/packed/read';
import { unpackText } from '@/lib/packed/unpack';
import { packedLevels, shopperLevels } from '@/lib/rollups/levels';
import { selectBuyers } from './compile-lines';
import { cellsOf, type Cut } from './cut';
import { chooseShoppers, packedFrom, reach, type Choice, type Ground, type Part } from './plan';
import { indexStores, readStores, type Stores } from './read-stores';
import { count, intersection, members, type ShopperSet } from './shopper-sets';
import { listSeries } from './list-series';
import { Table } from './table';
import { daysIn, firstsIn, periodsBy } from './times';

const [, , visits] = packedLevels;

/** Who bought of a row: as a set, which is made once it is asked for, and as a list. */
export class Entry {
  private united: ShopperSet | null = null;
  private readonly rows: { chunk: number; bits: Bits }[] = [];

  constructor(
    readonly key: string | null,
    readonly period: string | null,
    private readonly ground: Ground,
  ) {}

  add(chunk: number, bits: Bits): void {
    if (this.united) addBits(this.united, chunk, [bits]);
    else this.rows.push({ chunk, bits });
  }

  /** To be added to, before anybody asks for the set. */
  get all(): ShopperSet {
    if (this.united) return this.united;
    this.united = new Uint8Array(this.ground.facts.chunks * chunkBytes);
    const chunks = group(this.rows, ({ chunk }) => chunk);
    for (const [chunk, rows] of chunks)
      addBits(
        this.united,
        chunk,
        rows.map(({ bits }) => bits),
      );
    return this.united;
  }

  get set(): ShopperSet {
    const { shoppers } = this.ground;
    return shoppers ? intersection(this.all, shoppers.set) : this.all;
  }

  /** Their numbers, ascending: of a row of a chunk each as they stand. */
  get shoppers(): Int32Array {
    const { rows, ground, united } = this;
    if (united || ground.shoppers || rows.some(({ chunk }, at) => at > 0 && chunk <= rows[at - 1]!.chunk))
      return members(this.set);
    const [first, ...others] = rows.map(({ chunk, bits }) => shoppersOf(chunk, bits));
    if (!first || others.length === 0) return first ?? new Int32Array(0);
    const all = new Int32Array(others.reduce((sum, { length }) => sum + length, first.length));
    all.set(first);
    others.reduce((at, one) => (all.set(one, at), at + one.length), first.length);
    return all;
  }
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

const ofShoppers = ['category_id', 'brand_id', 'chunk'];
const levels = new Map<string, Level>(
  [...shopperLevels, visits].map(({ table, time }) => {
    const level = packedLevel(table, time, ofShoppers);
    const shape = { [visits.table]: shapeVisits, shopper_day: shapeDay }[table as string];
    return [table, shape ? { ...level, shape } : level];
  }),
);

/** What each cut's parts hold together, by key and period. */
export async function uniteSets(
  snapshot: Snapshot,
  asked: readonly { cut: Cut; parts: readonly Part[] }[],
  ground: Ground,
): Promise<{ entries: Entry[]; rowsRead: number }[]> {
  const found: { entries: Entry[]; rowsRead: number }[] = [];
  for (const { cut, parts } of asked) {
    const union = new Union(ground);
    for (const part of parts) {
      if (part.source === 'lines') await addLines(snapshot, union, cut, part, ground);
      else await addRows(snapshot, union, cut, part, ground);
    }
    found.push(union.result());
  }
  return found;
}

async function addRows(snapshot: Snapshot, union: Union, cut: Cut, { source, spans }: Part, ground: Ground) {
  const byStore = source === visits.table;
  const column = source === 'shopper_day' ? 'shoppers' : 'bits';
  const rows = await readPacked(snapshot, packedFrom(ground), {
    level: levels.get(source)!,
    series: await listSeries(snapshot, cut, ground),
    times: source === 'shopper_day' ? daysIn(spans) : firstsIn('month', spans),
    chunks: ground.facts.chunks,
    columns: byStore ? visits.entry : [column],
  });
  const periodAt = periodsBy(cut, ground.facts);
  if (byStore) {
    addVisits(union, rows, cut, periodAt, await readStores(snapshot, cut, ground));
    return;
  }
  for (const { series, time, chunk, lists } of rows)
    union.at(series.key, periodAt(time)).add(chunk, lists[column] as Bits);
  union.rowsRead += rows.length;
}

/** The shoppers of the stores that pass. */
function addVisits(
  union: Union,
  rows: readonly PackedRow[],
  cut: Cut,
  periodAt: (day: number) => string | null,
  passing: Stores,
): void {
  const byPlace = ['region', 'channel', 'store', 'attribute'].includes(cut.key.by);
  const { at: placeOf, keys } = indexStores(passing);
  for (const { series, time, chunk, lists } of rows) {
    const { stores, starts, shoppers } = lists as Visits;
    const period = periodAt(time);
    let entry: Entry | null = null;
    for (let at = 0; at < stores.length; at++) {
      const place = placeOf(stores[at]!);
      if (place < 0) continue;
      const { all } = byPlace ? union.at(keys[place]!, period) : (entry ??= union.at(series.key, period));
      addShoppers(all, shoppers, { start: chunk * chunkBytes, from: starts[at]!, to: starts[at + 1]! });
    }
    union.rowsRead += shoppers.length;
  }
}

/** Each store once, where its shoppers start, and their places in the chunk. */
interface Visits extends Lists {
  stores: Int32Array;
  starts: Int32Array;
  shoppers: Uint16Array;
}

/** From lists of entries, which come store by store. */
function shapeVisits({ stores: all, shoppers }: Lists): Visits {
  const stores: number[] = [];
  const starts: number[] = [];
  const places = new Uint16Array(all!.length);
  for (let at = 0; at < places.length; at++) {
    places[at] = shoppers![at]! & 65_535;
    if (at > 0 && all![at] === all![at - 1]) continue;
    stores.push(all![at]!);
    starts.push(at);
  }
  starts.push(places.length);
  return { stores: Int32Array.from(stores), starts: Int32Array.from(starts), shoppers: places };
}

/** Of one chunk. */
function shapeDay({ shoppers }: Lists): Lists {
  return { shoppers: bitsOf(shoppers!) };
}

async function addLines(snapshot: Snapshot, union: Union, cut: Cut, part: Part, ground: Ground): Promise<void> {
  const rows = await snapshot.$queryRaw<
    { key: string | null; period: string | null; shoppers: string; rows_read: string }[]
  >(selectBuyers(cut, part, ground));
  for (const { key, period, shoppers, rows_read: read } of rows) {
    union.rowsRead += Number(read);
    addShoppers(union.at(key, period).all, unpackText(shoppers));
  }
}

class Union {
  private readonly entries = new Table<Entry>();
  rowsRead = 0;

  constructor(private readonly ground: Ground) {}

  at(key: string | null, period: string | null): Entry {
    let entry = this.entries.get(key, period);
    if (!entry) this.entries.set(key, period, (entry = new Entry(key, period, this.ground)));
    return entry;
  }

  result(): { entries: Entry[]; rowsRead: number } {
    const { rowsRead } = this;
    const all = [...this.entries].map(({ value }) => value);
    const bought = this.ground.shoppers ? all.filter(({ set }) => count(set) > 0) : all;
    return {
      entries: bought.sort((a, b) => compare(a.key ?? '', b.key ?? '') || compare(a.period ?? '', b.period ?? '')),
      rowsRead,
    };
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
