import 'server-only';
import { metricOf, type MetricId } from '@/lib/metrics/catalog';
import { noLeaves, type Leaves, type Scoped } from '@/lib/metrics/compute';
import { endOf, lengthOf, within, type Range } from '@/lib/metrics/periods';
import { leavesOf } from '@/lib/metrics/metric';
import { textOf, type Cut, type Family } from './cut';
import { familyOf, scopeOf } from './explain';
import { contributes } from './order';
import { earlierCut, pairing, type Pair } from './pairing';
import type { Done, Reader } from './read';
import type { Resolved } from './resolve';
import type { Reference, Scopes } from './scopes';
import { universeOf } from './universe';

/** One row before its ratios: the leaves of its three scopes, in both periods. */
export interface Gathered {
  key: string | null;
  period: string | null;
  now: Scoped;
  before: Scoped | null;
  /** The same part of both is in the data, so that one can be compared with the other. */
  even: boolean;
}

type ScopeName = Exclude<keyof Scopes, 'marketNodes'>;
const others = ['promoted', 'market', 'marketShoppers', 'all'] as const;

/** Which families of leaves the metrics need in each scope. The slice's sums also tell which rows there are. */
function familiesOf(metrics: readonly MetricId[], contributions: boolean): Record<ScopeName, Set<Family>> {
  const families: Record<ScopeName, Set<Family>> = {
    slice: new Set(['sums']),
    promoted: new Set(),
    market: new Set(contributions ? ['sums'] : []),
    marketShoppers: new Set(),
    all: new Set(),
  };
  for (const id of metrics) {
    const metric = metricOf(id);
    if (metric.shopper) families.slice.add('shoppers');
    for (const leaf of leavesOf(metric)) {
      const family = familyOf(leaf);
      if (!family) continue;
      families[scopeOf(leaf, family)].add(family);
    }
  }
  return families;
}

/** Says what it needs, then reads its rows out of the reader. */
export interface Gatherer {
  need(metrics: readonly MetricId[]): void;
  rows(): Gathered[];
  /** The statements that a metric's leaves came from. */
  sources(id: MetricId): Done[];
  marketNodes: Scopes['marketNodes'];
}

/** Rows of one set of scopes: says what it needs, then reads itself out of the reader. */
export class Gathering implements Gatherer {
  private readonly besides = new Map<string, Cut>();
  private readonly pair: (period: string | null) => Pair | null;

  constructor(
    private readonly reader: Reader,
    private readonly resolved: Resolved,
    readonly scopes: Scopes,
  ) {
    this.pair = pairing(resolved, scopes.slice.grain);
  }

  get marketNodes(): Scopes['marketNodes'] {
    return this.scopes.marketNodes;
  }

  need(metrics: readonly MetricId[]): void {
    const { range, before } = this.resolved;
    const families = familiesOf(metrics, before !== null && metrics.some(contributes));
    for (const when of [range, before]) {
      const { slice } = this.scopes;
      const own = [...families.slice].filter((family) => family !== 'requirements' && family !== 'shelf');
      this.reader.need(this.on(slice, when), when, own);
      for (const family of ['requirements', 'shelf'] as const) {
        if (families.slice.has(family)) this.reader.need(this.on(this.beside(family), when), when, [family]);
      }
      for (const scope of others) {
        this.reader.need(this.on(this.scopes[scope].cut, when), when, families[scope]);
      }
    }
  }

  /** Rows with lines; without a grain also those that had lines in the comparison only. */
  rows(): Gathered[] {
    const { slice } = this.scopes;
    const { range, before } = this.resolved;
    const found = [...this.reader.sold(slice, range)];
    if (!slice.grain) {
      const keys = new Set(found.map(({ key }) => key));
      for (const at of this.reader.sold(slice, before)) if (!keys.has(at.key)) found.push(at);
      if (slice.key.by === 'none' && found.length === 0) found.push({ key: null, period: null });
    }
    return found.map(({ key, period }) => this.row(key, period));
  }

  private on(cut: Cut, when: Resolved['before']): Cut {
    return when !== null && when === this.resolved.before ? earlierCut(cut, this.resolved) : cut;
  }

  /** The slice with what each of its rows is set beside. */
  private beside(family: 'requirements' | 'shelf'): Cut {
    const { slice, market, marketShoppers, all } = this.scopes;
    const known = this.besides.get(family);
    if (known) return known;
    const beside = (family === 'shelf' ? [marketShoppers, all] : [market]).map(({ cut, rows }) => ({ cut, rows }));
    const cut = { ...slice, beside };
    this.besides.set(family, cut);
    return cut;
  }

  /** One row without a period, whether or not it has lines. */
  rowOf(key: string | null): Gathered {
    return this.row(key, null);
  }

  private row(key: string | null, period: string | null): Gathered {
    const { range, before } = this.resolved;
    const pair = this.pair(period);
    return {
      key,
      period,
      now: this.scoped(range, key, period),
      before: before && pair ? this.scoped(before, key, pair.period) : null,
      even: pair?.even ?? false,
    };
  }

  private scoped(range: Resolved['range'], key: string | null, period: string | null): Scoped {
    const { scopes } = this;
    const market = this.referred(scopes.market, range, key, period);
    const base = this.referred(scopes.marketShoppers, range, key, period);
    const slice = this.leaves(scopes.slice, range, key, period);
    const { requirements = noLeaves.requirements } =
      this.leaves(this.beside('requirements'), range, key, period) ?? noLeaves;
    const { shelf = noLeaves.shelf } = this.leaves(this.beside('shelf'), range, key, period) ?? noLeaves;
    const storeWeeks = shelf.stores === 0 ? 0 : shelf.stores * this.weeksOf(range, period);
    return {
      slice: slice && { ...slice, requirements, shelf: { ...shelf, storeWeeks } },
      promoted: this.referred(scopes.promoted, range, key, period),
      market: market && { ...market, shoppers: base?.shoppers ?? null, stores: base?.stores ?? noLeaves.stores },
      all: this.referred(scopes.all, range, key, period),
      universe: universeOf(scopes.slice, key, this.resolved.facts),
    };
  }

  private leaves(cut: Cut, range: Range, key: string | null, period: string | null): Leaves | null {
    return this.reader.leaves(this.on(cut, range), range, key, period);
  }

  private referred({ cut, keyFor }: Reference, range: Range, row: string | null, period: string | null): Leaves | null {
    return this.leaves(cut, range, keyFor(row), period);
  }

  /** Weeks of the dates, or of the part of the period that lies in them. */
  private weeksOf(range: Range, period: string | null): number {
    const { grain } = this.scopes.slice;
    if (period === null || !grain) return lengthOf(range) / 7;
    const part = within({ from: period, to: endOf(grain, period, this.resolved.facts.calendar) }, range);
    return part ? lengthOf(part) / 7 : 0;
  }

  sources(id: MetricId): Done[] {
    const metric = metricOf(id);
    const wanted = new Set(
      leavesOf(metric).flatMap((leaf) => {
        const family = familyOf(leaf);
        if (!family) return [];
        const scope = scopeOf(leaf, family);
        const cut: Cut =
          family === 'requirements' || family === 'shelf'
            ? this.beside(family)
            : scope === 'slice'
              ? this.scopes.slice
              : this.scopes[scope].cut;
        return [cut, earlierCut(cut, this.resolved)].map((one) => `${family} ${textOf(one)}`);
      }),
    );
    return this.reader.done.filter((step) =>
      step.families.some((family) => wanted.has(`${family} ${textOf(step.cut)}`)),
    );
  }
}
