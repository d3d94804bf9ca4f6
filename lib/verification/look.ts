import 'server-only';
import { analysisSpec, type AnalysisInput, type AnalysisResponse } from '@/lib/contract/analyses';
import { linesSpec, type LinesSpec } from '@/lib/contract/drill';
import { querySpec, type QueryInput, type QueryResponse } from '@/lib/contract/query';
import { addDays, addMonths, startOf, type Range } from '@/lib/metrics/periods';
import { listLines } from '@/lib/query/list-lines';
import { runQuery } from '@/lib/query/run';
import { runStudy, withStudy } from '@/lib/study/run';
import type { Study } from '@/lib/study/study';

/** The data lacks what a proof is about, so there is nothing that could fail to hold. */
export class Lacking extends Error {}

/** One slice of a proof, and how its two sides differ there. */
export interface Compared {
  slice: string;
  fault: string | null;
}

/** What must hold, over slices. Its two sides come from different sources. */
export interface Proof {
  name: string;
  compare(look: Look): Promise<Compared[]>;
}

export interface Brand {
  id: number;
  name: string;
}

/** How many of the largest brands are looked at: each costs readings of its own. */
const looked = 5;

/** Where a proof reads: as the pages do, or from the lines alone. Over the last months of the data, a year at most, and as many before. */
export class Look {
  readonly versions = new Set<number>();
  readonly now: Range;
  readonly before: Range;
  private readonly kept = new Map<string, Promise<QueryResponse>>();

  constructor(
    private readonly workspaceId: number,
    { from, to }: Range,
  ) {
    const last = startOf('month', to);
    const [year, month] = from.split('-').map(Number);
    const [lastYear, lastMonth] = last.split('-').map(Number);
    const all = ((lastYear ?? 0) - (year ?? 0)) * 12 + (lastMonth ?? 0) - (month ?? 0) + 1;
    const months = Math.min(12, Math.max(1, Math.floor(all / 2)));
    this.now = { from: addMonths(last, 1 - months), to };
    this.before = { from: addMonths(this.now.from, -months), to: addDays(this.now.from, -1) };
  }

  /** Answers are kept: proofs share what they read. */
  query(input: Omit<QueryInput, 'from' | 'to'>, { lines = false, range = this.now } = {}): Promise<QueryResponse> {
    const spec = querySpec.parse({ ...input, ...range });
    const key = JSON.stringify([spec, lines]);
    const found = this.kept.get(key) ?? this.told(runQuery(this.workspaceId, spec, { forceLines: lines, fresh: true }));
    this.kept.set(key, found);
    return found;
  }

  async study(input: Partial<AnalysisInput>, { lines = false } = {}): Promise<AnalysisResponse> {
    const spec = analysisSpec.parse({ ...this.now, ...input });
    const answer = await this.told(runStudy(this.workspaceId, spec, { forceLines: lines, fresh: true }));
    if (answer.reason) throw new Lacking(answer.reason);
    return answer;
  }

  list(lines: Pick<LinesSpec, 'from' | 'to' | 'filters'>, limit: number): ReturnType<typeof listLines> {
    return this.told(listLines(this.workspaceId, linesSpec.parse(lines), { limit, shoppers: false }));
  }

  /** What is read, rather than what is answered. */
  async read<T>(found: (study: Study) => Promise<T>, { lines = false } = {}): Promise<T> {
    const spec = analysisSpec.parse({ analysis: 'concentration', ...this.now });
    return withStudy(this.workspaceId, spec, { forceLines: lines, fresh: true }, (study) => {
      this.versions.add(study.resolved.facts.dataVersion);
      return found(study);
    });
  }

  /** Both periods of each brand. */
  brands({ lines }: { lines: boolean }): Promise<QueryResponse> {
    const metrics = ['value_sales', 'identified_sales', 'value_share', 'buyers'] as const;
    return this.query({ metrics: [...metrics], by: 'brand', compare: this.before, limit: 100 }, { lines });
  }

  /** The largest brands by what the lines say. */
  async largest(): Promise<Brand[]> {
    const { rows } = await this.brands({ lines: true });
    const brands = rows.flatMap(({ member }) => (member?.id ? [{ id: member.id, name: member.name }] : []));
    return brands.slice(0, looked);
  }

  async buyersOnLines(brands: Brand[]): Promise<number> {
    const filters = { brand: brands.map(({ id }) => id) };
    const { totals } = await this.query({ metrics: ['buyers'], filters }, { lines: true });
    return totals[0]?.values.buyers ?? 0;
  }

  /** Dates, filters and members, as a difference names them. */
  slice(members = '', range = this.now): string {
    return [`${range.from} to ${range.to}`, ...(members ? [members] : [])].join(', ');
  }

  /** The same of what compares the two periods. */
  change(members = ''): string {
    return `${this.slice('', this.before)}, then ${this.slice(members)}`;
  }

  private async told<T extends { meta: { dataVersion: number } }>(asked: Promise<T>): Promise<T> {
    const answer = await asked;
    this.versions.add(answer.meta.dataVersion);
    return answer;
  }
}

/** Agreement to half of the last digit that is kept. */
export const near = (a: number, b: number, unit: number): boolean => Math.abs(a - b) < unit / 2;

/** A number as a difference shows it: without what binary fractions add. */
export const plain = (value: number): string => String(Number(value.toPrecision(12)));
