import 'server-only';
import type { Snapshot } from '@/lib/db/snapshot';
import { noLeaves, type Leaves } from '@/lib/metrics/compute';
import type { Range } from '@/lib/metrics/periods';
import { compile, type StepRow } from './compile';
import { keyOf, type Cut, type Family, type Need } from './cut';
import { plan, reach, type Ground, type Step } from './plan';

/** A statement that has run. */
export interface Done extends Step {
  rowsRead: number;
  ms: number;
}

type Grid = Map<string, Leaves>;

/** Collects what a query needs, reads equal needs once, and answers by row and period. */
export class Reader {
  private readonly needs = new Map<string, Need>();
  private readonly grids = new Map<string, Grid>();
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

  async run(): Promise<void> {
    for (const [key, need] of this.needs) {
      const grid = this.grids.get(key) ?? new Map<string, Leaves>();
      this.grids.set(key, grid);
      for (const step of plan(need, this.ground)) {
        const started = performance.now();
        const rows = await this.snapshot.$queryRaw<StepRow[]>(compile(step, this.ground));
        for (const row of rows) put(grid, row, step, this.ground);
        const rowsRead = rows.reduce((sum, row) => sum + Number(row.rows_read), 0);
        this.done.push({ ...step, rowsRead, ms: performance.now() - started });
      }
    }
    this.needs.clear();
  }

  /** Zeros where nothing was sold; null where the range lies outside the data. */
  leaves(cut: Cut, range: Range | null, key: string | null, period: string | null): Leaves | null {
    if (!range || !reach(range, this.ground.facts.data)) return null;
    return this.grids.get(keyOf(cut, range))?.get(place(key, period)) ?? noLeaves;
  }

  /** Rows and periods in which there were lines. */
  *sold(cut: Cut, range: Range | null): Iterable<{ key: string | null; period: string | null }> {
    const grid = range && this.grids.get(keyOf(cut, range));
    for (const [at, leaves] of grid ?? []) {
      if (leaves.sums.lines > 0) yield JSON.parse(at) as { key: string | null; period: string | null };
    }
  }
}

const place = (key: string | null, period: string | null): string => JSON.stringify({ key, period });

const camel = (column: string): string => column.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

function put(grid: Grid, row: StepRow, { families }: Step, { facts, columns }: Ground): void {
  const at = place(row.key, row.period);
  const leaves = grid.get(at) ?? { ...noLeaves };
  if (families.includes('sums')) {
    const read = columns.map((column) => {
      const value = Number(row[column] ?? 0);
      return [camel(column), column.endsWith('amount') ? value / 10 ** facts.currencyScale : value];
    });
    leaves.sums = { ...noLeaves.sums, ...(Object.fromEntries(read) as Partial<Leaves['sums']>) };
  }
  if (families.includes('trips')) {
    leaves.trips = Number(row.trips ?? 0);
    leaves.identifiedTrips = Number(row.identified_trips ?? 0);
  }
  if (families.includes('shoppers')) leaves.shoppers = Number(row.shoppers ?? 0);
  grid.set(at, leaves);
}
