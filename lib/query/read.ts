import 'server-only';
import type { Snapshot } from '@/lib/db/snapshot';
import { noLeaves, type Leaves } from '@/lib/metrics/compute';
import { within, type Range } from '@/lib/metrics/periods';
import { compileTogether, type StepRow } from './compile';
import { keyOf, type Beside, type Cut, type Family, type Need } from './cut';
import { compileBeside } from './compile-beside';
import { isBeside, plan, readsSets, type Ground, type Step } from './plan';
import { uniteSets } from './read-sets';
import { count } from './shopper-sets';
import { tripColumns } from '@/lib/rollups/levels';
import { addSums, holdsSums } from './read-sums';
import { Table } from './table';
import { integersOf, parse, sumsOf, Totals } from './totals';

/** A step that has been read; of those read together each has an equal part of the time. */
export interface Done extends Step {
  rowsRead: number;
  ms: number;
}

type Grid = Table<Leaves>;

/** Collects what a query needs, reads equal needs once, and answers by row and period. */
export class Reader {
  private readonly needs = new Map<string, Need>();
  private readonly grids = new Map<string, Grid>();
  /** The same by cut, as every value of every row is looked up: a cut as text may be long. */
  private byCut = new Map<Cut, Map<Range, Grid | null>>();
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
    this.byCut.clear();
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
        grid.set(key, period, { ...(grid.get(key, period) ?? noLeaves), shoppers: count(set) });
      }
      this.done.push({ ...step, rowsRead, ms });
    }
  }

  private async sum(steps: readonly Step[]): Promise<void> {
    const started = performance.now();
    const { columns, facts } = this.ground;
    const width = integersOf(columns).length;
    const totals = steps.map(() => new Totals(width + tripColumns.length));
    for (const [at, { cut, choice, families }] of steps.entries()) {
      for (const part of choice.parts.filter(({ source }) => holdsSums(source)))
        await addSums(this.snapshot, totals[at]!, cut, part, families.includes('trips'), this.ground);
    }
    const stated = steps.filter(({ choice }) => choice.parts.some(({ source }) => !holdsSums(source)));
    const [read] =
      stated.length === 0
        ? []
        : await this.snapshot.$queryRaw<{ rows: string | null }[]>(compileTogether(stated, this.ground));
    for (const [at, key, period, ...texts] of JSON.parse(read?.rows ?? '[]') as StepRow[]) {
      const total = totals[steps.indexOf(stated[at]!)]!.at(key, period);
      const added = [...columns, ...tripColumns].flatMap((column, index) => parse(column, texts[index] ?? '0'));
      added.forEach((value, index) => (total.values[index]! += value));
      total.shoppers += Number(texts.at(-2) ?? 0);
      total.rowsRead += Number(texts.at(-1) ?? 0);
    }
    const ms = (performance.now() - started) / steps.length;
    for (const [at, step] of steps.entries()) {
      const grid = this.gridOf(step);
      let rowsRead = 0;
      for (const total of totals[at]!) {
        rowsRead += total.rowsRead;
        const leaves = { ...(grid.get(total.key, total.period) ?? noLeaves) };
        if (step.families.includes('sums')) leaves.sums = sumsOf(columns, total.values, facts.currencyScale);
        if (step.families.includes('trips')) {
          leaves.trips = total.values[width]!;
          leaves.identifiedTrips = total.values[width + 1]!;
        }
        if (step.families.includes('shoppers')) leaves.shoppers = total.shoppers;
        grid.set(total.key, total.period, leaves);
      }
      this.done.push({ ...step, rowsRead, ms });
    }
  }

  private async readBeside(step: Step, family: Beside): Promise<void> {
    const started = performance.now();
    const grid = this.gridOf(step);
    let rowsRead = 0;
    for (const part of step.choice.parts) {
      const rows = await this.snapshot.$queryRaw<BesideRow[]>(compileBeside(family, step.cut, part, this.ground));
      for (const { key, period, rows_read: read, ...values } of rows) {
        rowsRead += Number(read);
        const leaves = grid.get(key, period) ?? { ...noLeaves };
        Object.assign(leaves, {
          [family]: { ...noLeaves[family], ...scaled(values, this.ground.facts.currencyScale) },
        });
        grid.set(key, period, leaves);
      }
    }
    this.done.push({ ...step, rowsRead, ms: performance.now() - started });
  }

  private gridOf({ cut, range }: Step): Grid {
    const key = keyOf(cut, range);
    const grid = this.grids.get(key) ?? new Table<Leaves>();
    this.grids.set(key, grid);
    return grid;
  }

  /** Zeros where nothing was sold; null where the range lies outside the data. */
  leaves(cut: Cut, range: Range | null, key: string | null, period: string | null): Leaves | null {
    const { data } = this.ground.facts;
    if (!range || !data || !within(range, data)) return null;
    return this.gridAt(cut, range)?.get(key, period) ?? noLeaves;
  }

  private gridAt(cut: Cut, range: Range): Grid | null {
    const ofCut = this.byCut.get(cut) ?? new Map<Range, Grid | null>();
    let grid = ofCut.get(range);
    if (grid === undefined) {
      grid = this.grids.get(keyOf(cut, range)) ?? null;
      this.byCut.set(cut, ofCut.set(range, grid));
    }
    return grid;
  }

  /** Rows and periods in which there were lines. */
  *sold(cut: Cut, range: Range | null): Iterable<{ key: string | null; period: string | null }> {
    const grid = range && this.grids.get(keyOf(cut, range));
    for (const { key, period, value } of grid ?? []) {
      if (value.sums.lines > 0) yield { key, period };
    }
  }
}

const camel = (column: string): string => column.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

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
