import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import { analysisSpec, type AnalysisResponse } from '@/lib/contract/analyses';
import { querySpec, type QueryInput, type QueryResponse } from '@/lib/contract/query';
import { addDays, addMonths, startOf, within, type Range } from '@/lib/metrics/periods';
import { runQuery } from '@/lib/query/run';
import { verifyRollups, type Check, type RollupCheck } from '@/lib/rollups/verify';
import { runStudy } from './run';

// What must always hold, beside that every rollup is the lines under it. Each check takes its two sides from different
// sources: sets of shoppers and packed rollups on one, a count over the lines on the other.

/** How many of the largest brands are looked at: the lines are read for each check. */
const brandsLookedAt = 5;

type Filters = NonNullable<QueryInput['filters']>;

class Look {
  readonly versions = new Set<number>();

  constructor(
    readonly workspaceId: number,
    readonly now: Range,
    readonly before: Range,
  ) {}

  async lines(input: Omit<QueryInput, 'from' | 'to'>, range = this.now, forceLines = true): Promise<QueryResponse> {
    const answer = await runQuery(this.workspaceId, querySpec.parse({ ...input, ...range }), { forceLines });
    this.versions.add(answer.meta.dataVersion);
    return answer;
  }

  async buyers(filters: Filters, range = this.now, forceLines = true): Promise<number> {
    const { totals } = await this.lines({ metrics: ['buyers'], filters }, range, forceLines);
    return totals[0]?.values.buyers ?? 0;
  }

  async study(input: object): Promise<AnalysisResponse> {
    const answer = await runStudy(this.workspaceId, analysisSpec.parse({ ...this.now, ...input }));
    this.versions.add(answer.meta.dataVersion);
    return answer;
  }
}

/** A check that compares pairs: each named, and said where its two sides differ. */
const check = (name: string, pairs: { what: string; fault: string | null }[]): Check => ({
  name,
  compared: pairs.length,
  differences: pairs.flatMap(({ what, fault }) => (fault === null ? [] : [`${what}: ${fault}`])),
});

const same = (what: string, kept: number, lines: number) => ({
  what,
  fault: kept === lines ? null : `${kept} from the rollups, ${lines} on the lines`,
});

/** Proves the rollups, then what must always hold; keeps the result and gives it back. */
export async function auditWorkspace(workspaceId: number): Promise<RollupCheck> {
  return verifyRollups(workspaceId, async () => {
    try {
      return await identities(workspaceId);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'timed_out') throw error;
      return [check('what must always hold: not looked at, counting the lines takes longer than a statement may', [])];
    }
  });
}

/** Over the last months of the data and as many before, a year at most. */
async function identities(workspaceId: number): Promise<Check[]> {
  const whole = await runQuery(
    workspaceId,
    querySpec.parse({
      metrics: ['value_sales'],
      from: '1970-01-01',
      to: '2199-12-31',
      by: 'brand',
      limit: brandsLookedAt,
    }),
  );
  const { newestDate } = whole.meta;
  if (newestDate === null) return [];
  const now = { from: addMonths(startOf('month', newestDate), -11), to: newestDate };
  const look = new Look(workspaceId, now, { from: addMonths(now.from, -12), to: addDays(now.from, -1) });
  const brands = whole.rows.flatMap(({ member }) => (member?.id ? [{ id: member.id, name: member.name }] : []));
  const { metrics } = (await look.lines({ metrics: ['buyers'] })).meta;
  const checks =
    metrics.buyers?.state === 'ok' ? [await flows(look), await unions(look, brands), await widening(look, brands)] : [];
  // Published meanwhile: the sides saw different data, and the check after that publish is on its way.
  return look.versions.size > 1 ? [] : checks;
}

/** Retained and new are the buyers now, retained and lapsed those before; |A ∪ B| = |A| + |B| − |A ∩ B|. */
async function unions(look: Look, brands: { id: number; name: string }[]): Promise<Check> {
  const pairs = [];
  const { tables } = await look.study({ analysis: 'duplication', top: brandsLookedAt });
  const [matrix] = tables;
  for (const [at, row] of (matrix?.rows ?? []).slice(0, -1).entries()) {
    const brand = brands.find(({ name }) => name === row[0]);
    if (!brand) continue;
    pairs.push(same(`buyers of ${brand.name}`, Number(row[1]), await look.buyers({ brand: [brand.id] })));
    const [next, column] = [matrix?.rows[at + 1], matrix?.columns[3 + at + 1]];
    const other = brands.find(({ name }) => name === next?.[0]);
    if (!other || !column) continue;
    const shared = Math.round((Number(row[3 + at + 1]) / 100) * Number(row[1]));
    const either = await look.buyers({ brand: [brand.id, other.id] });
    pairs.push(same(`buyers of ${brand.name} or ${other.name}`, Number(row[1]) + Number(next?.[1]) - shared, either));
  }
  return check('buyers of either = of one + of the other − of both', pairs);
}

/** Buyers never fall when dates or filters widen. */
async function widening(look: Look, brands: { id: number; name: string }[]): Promise<Check> {
  const all = await look.buyers({}, look.now, false);
  const month = within({ from: startOf('month', look.now.to), to: look.now.to }, look.now) ?? look.now;
  const pairs = [];
  for (const { id, name } of brands) {
    const narrow = await look.buyers({ brand: [id] }, month);
    const wide = await look.buyers({ brand: [id] }, look.now, false);
    pairs.push({
      what: name,
      fault:
        narrow <= wide && wide <= all ? null : `${narrow} buyers in a month, ${wide} in the year, ${all} of anything`,
    });
  }
  return check('buyers never fall when dates or filters widen', pairs);
}

/** What leaves brands arrives at brands, and a brand's parts add up to its change on the lines. */
async function flows(look: Look): Promise<Check> {
  const { tables, meta } = await look.study({ analysis: 'switching', compare: look.before, top: 50 });
  const [brands] = tables;
  const of = (id: string): number => (brands?.columns ?? []).findIndex((column) => column.id === id);
  const sum = (row: readonly unknown[], ids: string[]): number => ids.reduce((all, id) => all + Number(row[of(id)]), 0);
  const unit = 10 ** -meta.currencyScale;
  const near = (a: number, b: number): boolean => Math.abs(a - b) < unit / 2;
  const parts = ['newToMarket', 'lostFromMarket', 'switchedIn', 'switchedOut', 'increase', 'decrease'];
  const lines = await look.lines({ metrics: ['identified_sales'], by: 'brand', compare: look.before, limit: 100 });
  const changes = new Map(
    lines.rows.map(({ member, values, previous }) => [
      member?.name,
      (values.identified_sales ?? 0) - (previous?.identified_sales ?? 0),
    ]),
  );
  const pairs = (brands?.rows ?? []).map((row) => {
    const [name, change] = [String(row[0]), Number(row[of('change')])];
    const expected = changes.get(name);
    const faults = [
      near(sum(row, parts), change) ? null : `its parts add up to ${sum(row, parts)}, its change is ${change}`,
      expected === undefined || near(expected, change) ? null : `it changed by ${change}, on the lines by ${expected}`,
    ].filter((fault) => fault !== null);
    return { what: name, fault: faults.length > 0 ? faults.join('; ') : null };
  });
  const net = (brands?.rows ?? []).reduce((all, row) => all + sum(row, ['switchedIn', 'switchedOut']), 0);
  return check('flows out = flows in, and parts add up to the change', [
    ...pairs,
    { what: 'all brands', fault: near(net, 0) ? null : `${net} more came in than went out` },
  ]);
}
