import 'server-only';
import { affinity as measure } from '@/lib/analyses/affinity';
import { basketsSpec, type BasketsInput, type BasketsSpec } from '@/lib/contract/drill';
import type { Cut, Key } from '@/lib/query/cut';
import { categoryKey } from '@/lib/query/slice';
import { marketFilters } from './market-filters';
import type { Findings, Study } from './study';

export async function affinity(study: Study): Promise<Findings> {
  const { members = 'brand', top = 10 } = study.spec;
  const { tree, facts } = study.resolved;
  const key: Key = members === 'category' ? categoryKey(study.market.nodes, tree) : { by: members };
  const cut: Cut = { ...study.market, key };
  const whole = await study.leaves('Baskets of the market', study.market, study.range, ['sums', 'trips']);
  const baskets = whole.get(null)?.trips ?? null;
  const each = await study.leaves('Baskets with each', cut, study.range, ['sums', 'trips']);
  const filtered = members === 'brand' ? study.slice.brands : members === 'product' ? study.slice.products : null;
  const asked = new Set(filtered?.map(String));
  const largest = [...each]
    .flatMap(([one, { trips }]) => (one !== null && trips ? [{ key: one, trips }] : []))
    .sort(
      (a, b) => Number(asked.has(b.key)) - Number(asked.has(a.key)) || b.trips - a.trips || (a.key < b.key ? -1 : 1),
    )
    .slice(0, top);
  const place = new Map(largest.map(({ key: one }, at) => [one, at]));
  const shared =
    largest.length > 1 ? await study.pairs('Baskets with two', only(cut, [...place.keys()]), study.range) : [];
  // Of the two the one asked about, else the larger, comes first.
  const pairs = shared
    .map((pair) => ({ ...pair, places: [place.get(pair.a)!, place.get(pair.b)!].sort((a, b) => a - b) }))
    .map(({ places, baskets: both }) => ({ a: places[0]!, b: places[1]!, baskets: both }))
    .filter(({ a, b }) => asked.size === 0 || [a, b].some((at) => asked.has(largest[at]!.key)));
  const trips = new Map(largest.map((one, at) => [at, one.trips]));
  const found = measure(pairs, trips, { baskets: baskets ?? 0 });
  const named = await study.names(key, [...place.keys()]);
  const name = (at: number): string => named(largest[at]!.key);
  const opened = basketsOf(study);
  const low = found.filter((pair) => pair.baskets < facts.lowBase).length;
  return {
    figures: [
      {
        id: 'baskets',
        label: 'Baskets',
        value: baskets,
        unit: 'count',
        note: 'All of the market: the base of support.',
        ...(opened && { baskets: opened({}) }),
      },
    ],
    tables: [
      {
        id: 'pairs',
        title: 'Bought in the same basket',
        columns: [
          { id: 'a', label: 'A', unit: 'text' },
          { id: 'b', label: 'B', unit: 'text' },
          { id: 'baskets', label: 'Baskets with both', unit: 'count' },
          { id: 'support', label: 'Support', unit: 'percent', note: 'Of all baskets.' },
          {
            id: 'confidenceAB',
            label: 'A → B',
            unit: 'percent',
            note: 'Confidence: of the baskets with A, those with B.',
          },
          {
            id: 'confidenceBA',
            label: 'B → A',
            unit: 'percent',
            note: 'Confidence: of the baskets with B, those with A.',
          },
          { id: 'lift', label: 'Lift', unit: 'ratio', note: 'Above 1: together more often than by chance.' },
        ],
        rows: found.map(({ a, b, baskets: both, support, confidenceAB, confidenceBA, lift }) => [
          name(a),
          name(b),
          both,
          support,
          confidenceAB,
          confidenceBA,
          lift,
        ]),
        ...(opened && {
          baskets: {
            column: 'baskets',
            of: found.map(({ a, b }) => opened({ by: members, member: largest[a]!.key, with: largest[b]!.key })),
          },
        }),
      },
      {
        id: 'members',
        title: 'Baskets with each',
        columns: [
          { id: 'member', label: { brand: 'Brand', category: 'Category', product: 'Product' }[members], unit: 'text' },
          { id: 'baskets', label: 'Baskets', unit: 'count' },
          { id: 'support', label: 'Part of all baskets', unit: 'percent' },
        ],
        rows: largest.map((one) => [named(one.key), one.trips, baskets ? (one.trips / baskets) * 100 : null]),
        ...(opened && {
          baskets: { column: 'baskets', of: largest.map(({ key: member }) => opened({ by: members, member })) },
        }),
      },
    ],
    chart: { kind: 'heat', table: 'pairs', x: 'b', y: ['a', 'lift'] },
    notes: [
      ...(largest.length > 0 && found.length === 0 ? ['No basket holds two of them.'] : []),
      ...(each.size > largest.length ? [`Among the ${largest.length} in the most baskets, of ${each.size}.`] : []),
      ...(low > 0 ? [`Low base: ${low} of ${found.length} pairs are in fewer than ${facts.lowBase} baskets.`] : []),
    ],
  };
}

/** How the baskets of a number are asked for. */
function basketsOf(study: Study): ((row: Partial<BasketsInput>) => BasketsSpec) | null {
  const filters = marketFilters(study);
  const { from, to } = study.spec;
  return filters && ((row) => basketsSpec.parse({ from, to, filters, ...row }));
}

/** The cut with these rows alone. */
function only(cut: Cut, keys: readonly string[]): Cut {
  if (cut.key.by === 'cells') {
    return { ...cut, key: { by: 'cells', cells: cut.key.cells.filter((cell) => keys.includes(cell.key)) } };
  }
  const ids = keys.map(Number);
  return cut.key.by === 'product' ? { ...cut, products: ids } : { ...cut, brands: ids };
}
