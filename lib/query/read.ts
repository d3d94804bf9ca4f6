import 'server-only';
import type { Snapshot } from '@/lib/db/snapshot';
import { noLeaves, type Leaves } from '@/lib/metrics/compute';
import { within, type Range } from '@/lib/metrics/periods';
import { compileTogether, stepColumns, type StepRow } from './compile';
import { keyOf, type Beside, type Cut, type Family, type Need } from './cut';
import { compileBeside } from './compile-beside';
import { isBeside, plan, readsSets, type Ground, type Step } from './plan';
import { uniteSets } from './read-sets';
import { count } from './shopper-sets';
import { sumColumns } from '@/lib/rollups/levels';

/** A step that has been read; of those read together each has an equal part of the time. */
export interface Done extends Step {
  rowsRead: number;
  ms: number;
}

type Grid = Map<string, Leaves>;

/** Collects what a query needs, reads equal needs once, and answers by row and period. */
export class Reader {
  private readonly needs = new Map<string, Need>();
  private readonly grids = new Map<string, Grid>();
  /** The same by cut, as every value of every row is looked up: a cut as text may be long. */
  private readonly byCut = new WeakMap<Cut, Map<string, Grid>>();
  readonly done: Done[] = [];

  constructor(
    private readonly snapshot: Snapshot,
    readonly ground: Ground,
  ) {}

  need(cut: Cut, range: Range | null, families: Iterable<Family>): void {
    if (!range) return;
    const key = keyOf(cut, range);
    const need = this.needs.get(key) ?? { cut, range, families: new Set<Family>() };
    for (const family of families) need.families.add(family);
    if (need.families.size > 0) this.needs.set(key, need);
  }

  /** What rollups hold is read by one statement, what needs lines by one each: every statement has its time limit. */
  async run(): Promise<void> {
    const steps = [...this.needs.values()].flatMap((need) => plan(need, this.ground));
    this.needs.clear();
    const fromLines = ({ choice }: Step): boolean => choice.parts.some((part) => part.source === 'lines');
    const quick = steps.filter((step) => !fromLines(step));
    if (quick.length > 0) await this.read(quick);
    for (const step of steps.filter(fromLines)) {
      const [family] = step.families;
      await (isBeside(family) ? this.readBeside(step, family) : this.read([step]));
    }
  }

  private async read(steps: readonly Step[]): Promise<void> {
    const united = steps.filter(readsSets);
    const summed = steps.filter((step) => !readsSets(step));
    if (united.length > 0) await this.unite(united);
    if (summed.length > 0) await this.sum(summed);
  }

  private async unite(steps: readonly Step[]): Promise<void> {
    const started = performance.now();
    const asked = steps.map(({ cut, choice }) => ({ cut, parts: choice.parts }));
    const found = await uniteSets(this.snapshot, asked, this.ground);
    const ms = (performance.now() - started) / steps.length;
    for (const [at, step] of steps.entries()) {
      const { entries, rowsRead } = found[at]!;
      const grid = this.gridOf(step);
      for (const { key, period, set } of entries) {
        grid.set(place(key, period), { ...(grid.get(place(key, period)) ?? noLeaves), shoppers: count(set) });
      }
      this.done.push({ ...step, rowsRead, ms });
    }
  }

  private async sum(steps: readonly Step[]): Promise<void> {
    const started = performance.now();
    const [read] = await this.snapshot.$queryRaw<{ rows: string | null }[]>(compileTogether(steps, this.ground));
    const reads = steps.map((step) => ({ step, grid: this.gridOf(step), rowsRead: 0 }));
    const columns = stepColumns(this.ground);
    for (const [at, key, period, ...numbers] of JSON.parse(read?.rows ?? '[]') as StepRow[]) {
      const one = reads[at]!;
      const values = Object.fromEntries(
        columns.map((column, index) => [column, Number(numbers[index] ?? 0)]),
      ) as Values;
      one.rowsRead += values.rows_read;
      put(one.grid, place(key, period), values, one.step, this.ground);
    }
    const ms = (performance.now() - started) / steps.length;
    for (const { step, rowsRead } of reads) this.done.push({ ...step, rowsRead, ms });
  }

  private async readBeside(step: Step, family: Beside): Promise<void> {
    const started = performance.now();
    const grid = this.gridOf(step);
    let rowsRead = 0;
    for (const part of step.choice.parts) {
      const rows = await this.snapshot.$queryRaw<BesideRow[]>(compileBeside(family, step.cut, part, this.ground));
      for (const { key, period, rows_read: read, ...values } of rows) {
        rowsRead += Number(read);
        const leaves = grid.get(place(key, period)) ?? { ...noLeaves };
        Object.assign(leaves, {
          [family]: { ...noLeaves[family], ...scaled(values, this.ground.facts.currencyScale) },
        });
        grid.set(place(key, period), leaves);
      }
    }
    this.done.push({ ...step, rowsRead, ms: performance.now() - started });
  }

  private gridOf({ cut, range }: Step): Grid {
    const key = keyOf(cut, range);
    const grid = this.grids.get(key) ?? new Map<string, Leaves>();
    this.grids.set(key, grid);
    return grid;
  }

  /** Zeros where nothing was sold; null where the range lies outside the data. */
  leaves(cut: Cut, range: Range | null, key: string | null, period: string | null): Leaves | null {
    const { data } = this.ground.facts;
    if (!range || !data || !within(range, data)) return null;
    return this.gridAt(cut, range)?.get(place(key, period)) ?? noLeaves;
  }

  private gridAt(cut: Cut, range: Range): Grid | undefined {
    const dates = `${range.from} ${range.to}`;
    const ofCut = this.byCut.get(cut) ?? new Map<string, Grid>();
    const grid = ofCut.get(dates) ?? this.grids.get(keyOf(cut, range));
    if (grid) this.byCut.set(cut, ofCut.set(dates, grid));
    return grid;
  }

  /** Rows and periods in which there were lines. */
  *sold(cut: Cut, range: Range | null): Iterable<{ key: string | null; period: string | null }> {
    const grid = range && this.grids.get(keyOf(cut, range));
    for (const [at, leaves] of grid ?? []) {
      if (leaves.sums.lines > 0) yield placed(at);
    }
  }
}

// A period holds no line break. No key is the NUL character, which PostgreSQL does not store.
const place = (key: string | null, period: string | null): string => `${period ?? ''}\n${key ?? '\0'}`;

function placed(at: string): { key: string | null; period: string | null } {
  const end = at.indexOf('\n');
  const key = at.slice(end + 1);
  return { key: key === '\0' ? null : key, period: at.slice(0, end) || null };
}

const camel = (column: string): string => column.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

const names = new Map(sumColumns.map((column) => [column, camel(column) as keyof Leaves['sums']]));

type BesideRow = { key: string | null; period: string | null; rows_read: string } & Record<string, string | null>;

const money = new Set(['amount', 'sellingAmount', 'commodity', 'itemCommodity', 'market']);

/** By the names of the leaves, money in the currency's unit. */
const scaled = (values: Record<string, string | null>, scale: number): Record<string, number> =>
  Object.fromEntries(
    Object.entries(values).map(([column, text]) => {
      const leaf = camel(column);
      return [leaf, Number(text ?? 0) / (money.has(leaf) ? 10 ** scale : 1)];
    }),
  );

type Values = Record<ReturnType<typeof stepColumns>[number], number>;

function put(grid: Grid, at: string, values: Values, { families }: Step, { facts, columns }: Ground): void {
  const leaves = grid.get(at) ?? { ...noLeaves };
  if (families.includes('sums')) {
    leaves.sums = { ...noLeaves.sums };
    for (const column of columns) {
      const value = values[column];
      leaves.sums[names.get(column)!] = column.endsWith('amount') ? value / 10 ** facts.currencyScale : value;
    }
  }
  if (families.includes('trips')) {
    leaves.trips = values.trips;
    leaves.identifiedTrips = values.identified_trips;
  }
  if (families.includes('shoppers')) leaves.shoppers = values.shoppers;
  grid.set(at, leaves);
}
