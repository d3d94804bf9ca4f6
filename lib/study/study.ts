import 'server-only';
import type { AnalysisResponse, AnalysisSpec } from '@/lib/contract/analyses';
import type { Snapshot } from '@/lib/db/snapshot';
import type { Calendar } from '@/lib/metrics/calendar';
import type { Leaves, VolumeUnit } from '@/lib/metrics/compute';
import { within, type Range } from '@/lib/metrics/periods';
import type { Cut, Family, Key } from '@/lib/query/cut';
import { counted, type Counted, type Opens } from './opens';
import { because } from '@/lib/query/explain';
import { lookedUp } from '@/lib/query/looked-up';
import { readNames } from '@/lib/query/names';
import type { Choice, Ground } from '@/lib/query/plan';
import { Reader } from '@/lib/query/read';
import { joinItems, type ItemColumn, type ItemMonth, type Items } from '@/lib/query/join-items';
import { readItems } from '@/lib/query/read-items';
import { readPairs, type Pairs } from '@/lib/query/read-pairs';
import { readSets, type Sets } from '@/lib/query/read-sets';
import { addSpend, type Spend } from '@/lib/query/add-spend';
import { readSpend, type SpendColumn, type SpendRow } from '@/lib/query/read-spend';
import type { Resolved } from '@/lib/query/resolve';

/** What a study finds; `run` adds what all of them have in common. */
export type Findings = Pick<AnalysisResponse, 'figures' | 'tables' | 'chart' | 'notes'> & { opens?: Opens };

export interface Product {
  brand: number;
  /** It stands for lines that name only the brand. */
  unspecified: boolean;
  /** kg or l in a unit of it. */
  pack: { size: number; unit: VolumeUnit } | null;
}

/** One question being looked into: its settled slice and market, and what may be read, each reading told to the reader. */
export class Study {
  readonly sources: AnalysisResponse['meta']['sources'] = [];

  constructor(
    private readonly snapshot: Snapshot,
    readonly spec: AnalysisSpec,
    readonly resolved: Resolved,
    /** The slice without its brand, manufacturer and product filter, at the market's categories. */
    readonly market: Cut,
    readonly ground: Ground,
  ) {}

  get slice(): Cut {
    return this.resolved.slice;
  }

  get range(): Range {
    return this.resolved.range;
  }

  get calendar(): Calendar {
    return this.resolved.facts.calendar;
  }

  /** The earlier of the two periods of an analysis that compares. */
  get before(): Range {
    return this.resolved.before ?? this.resolved.range;
  }

  /** The part of the dates that the data holds; null where they lie outside it. */
  get observed(): Range | null {
    const { data } = this.resolved.facts;
    return data && within(this.range, data);
  }

  /** What to say of a result that rests on so few buyers. */
  lowBase(buyers: number): string[] {
    const { lowBase } = this.resolved.facts;
    return buyers < lowBase ? [`Low base: ${buyers} ${buyers === 1 ? 'buyer' : 'buyers'}, fewer than ${lowBase}.`] : [];
  }

  /** The brands of the market that the slice is about; all of them where no brand is filtered. */
  isFocus(brand: string | null): boolean {
    return this.slice.brands === null || this.slice.brands.includes(Number(brand));
  }

  async sets(what: string, cut: Cut, range: Range): Promise<Sets['entries']> {
    const { entries, choice, rowsRead, ms } = await readSets(this.snapshot, cut, range, this.ground);
    this.note(what, [choice], rowsRead, ms);
    return entries;
  }

  /** The base of relative penetration: a filter of promotions does not change it. */
  async marketBuyers(): Promise<number> {
    const { shoppers } = await this.openMarketBuyers();
    return shoppers.length;
  }

  async openMarketBuyers(): Promise<Counted> {
    const cut = { ...this.market, promotion: null };
    const [market] = await this.sets('Buyers of the market', cut, this.range);
    return counted(market?.set ?? new Uint8Array(), cut, this.range);
  }

  async spend(what: string, cut: Cut, range: Range, columns: readonly SpendColumn[]): Promise<Spend[]> {
    return addSpend(await this.spendRows(what, cut, range, columns), columns, this.ground);
  }

  async spendRows(what: string, cut: Cut, range: Range, columns: readonly SpendColumn[]): Promise<SpendRow[]> {
    const { rows, choices, rowsRead, ms } = await readSpend(this.snapshot, cut, range, this.ground, columns);
    this.note(what, choices, rowsRead, ms);
    return rows;
  }

  async items(what: string, cut: Cut, range: Range, columns: readonly ItemColumn[]): Promise<Items[]> {
    return joinItems(await this.itemMonths(what, cut, range, columns), columns);
  }

  /** The same where each entry is looked at once, so that a list a product is not worth its making. */
  async itemMonths(
    what: string,
    cut: Cut,
    range: Range,
    columns: readonly ItemColumn[],
    whole = false,
  ): Promise<ItemMonth[]> {
    const read = await readItems(this.snapshot, cut, range, this.ground, columns, { whole });
    this.note(what, [read.choice], read.rowsRead, read.ms);
    return read.months;
  }

  async pairs(what: string, cut: Cut, range: Range): Promise<Pairs['pairs']> {
    const { pairs, choice, rowsRead, ms } = await readPairs(this.snapshot, cut, range, this.ground);
    this.note(what, [choice], rowsRead, ms);
    return pairs;
  }

  /** Sums and counts by row of the cut; money in the currency's unit. */
  async leaves(what: string, cut: Cut, range: Range, families: Iterable<Family>): Promise<Map<string | null, Leaves>> {
    const reader = new Reader(this.snapshot, this.ground);
    reader.need(cut, range, families);
    await reader.run();
    for (const { choice, rowsRead, ms } of reader.done) this.note(what, [choice], rowsRead, ms);
    const keys = cut.key.by === 'none' ? [null] : [...reader.sold(cut, range)].map(({ key }) => key);
    const found = keys.map((key) => [key, reader.leaves(cut, range, key, null)] as const);
    return new Map(found.flatMap(([key, leaves]) => (leaves ? [[key, leaves] as const] : [])));
  }

  /** Names of the rows of a cut with this key. */
  async names(key: Key, keys: readonly (string | null)[]): Promise<(row: string | null) => string> {
    const { facts, tree } = this.resolved;
    const names = await readNames(this.snapshot, facts.workspaceId, { ...this.slice, key }, tree, keys);
    return (row) => names.get(row)?.name ?? String(row);
  }

  async products(ids: readonly number[]): Promise<ReadonlyMap<number, Product>> {
    const { facts, tree } = this.resolved;
    const known = lookedUp<Product>(tree, 'products of studies', 20_000);
    const wanted = ids.filter((id) => !known.has(String(id)));
    const rows =
      wanted.length === 0
        ? []
        : await this.snapshot.$queryRaw<
            { id: number; brand_id: number; unspecified: boolean; pack_size: string | null; pack_unit: string | null }[]
          >`SELECT id, brand_id, unspecified, pack_size, pack_unit FROM product
            WHERE workspace_id = ${facts.workspaceId} AND id = ANY(${wanted}::int[])`;
    for (const { id, brand_id: brand, unspecified, pack_size: size, pack_unit: unit } of rows) {
      const sized = size !== null && (unit === 'kg' || unit === 'l');
      known.set(String(id), { brand, unspecified, pack: sized ? { size: Number(size), unit } : null });
    }
    return new Map(ids.flatMap((id) => (known.has(String(id)) ? [[id, known.get(String(id))!]] : [])));
  }

  /** The channel of each store that has one. */
  async channels(): Promise<Map<number, number>> {
    const rows = await this.snapshot.$queryRaw<{ id: number; channel_id: number }[]>`
      SELECT id, channel_id FROM store WHERE workspace_id = ${this.resolved.facts.workspaceId} AND channel_id IS NOT NULL`;
    return new Map(rows.map((row) => [row.id, row.channel_id]));
  }

  /** From the currency's unit to the minor unit. */
  minor(amount: number): bigint {
    return BigInt(Math.round(amount * 10 ** this.resolved.facts.currencyScale));
  }

  /** From the minor unit to the currency's unit. */
  money(minor: number | bigint): number {
    return Number(minor) / 10 ** this.resolved.facts.currencyScale;
  }

  private note(what: string, choices: readonly Choice[], rowsRead: number, ms: number): void {
    const read = choices.filter(({ parts }) => parts.length > 0);
    if (read.length === 0) return;
    const sources = new Set(read.flatMap(({ parts }) => parts.map(({ source }) => source)));
    this.sources.push({
      what,
      source: [...sources].join(' + '),
      because: [...new Set(read.map(because))].join(' '),
      rowsRead,
      ms: Math.round(ms * 10) / 10,
    });
  }
}
