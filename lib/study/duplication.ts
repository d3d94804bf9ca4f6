import 'server-only';
import { duplication as duplicate } from '@/lib/analyses/duplication';
import { narrow } from '@/lib/query/cut';
import { count, countBoth, intersection, union } from '@/lib/query/shopper-sets';
import { counted } from './opens';
import type { Findings, Study } from './study';

export async function duplication(study: Study): Promise<Findings> {
  const { top = 10 } = study.spec;
  const cut = { ...study.market, key: { by: 'brand' as const } };
  const all = await study.sets('Buyers of brands', cut, study.range);
  const base = cut.promotion === null ? count(union(all.map(({ set }) => set))) : await study.marketBuyers();
  const asked = (key: string | null): number => Number(study.slice.brands !== null && study.isFocus(key));
  const brands = all
    .map(({ key, set }) => ({ key, set, buyers: count(set) }))
    .sort((a, b) => asked(b.key) - asked(a.key) || b.buyers - a.buyers)
    .slice(0, top);
  const name = await study.names(
    cut.key,
    brands.map(({ key }) => key),
  );
  const shared = brands.map(({ buyers }) => brands.map(() => buyers));
  for (const [at, a] of brands.entries()) {
    for (let other = 0; other < at; other++) {
      shared[at]![other] = shared[other]![at] = countBoth(a.set, brands[other]!.set);
    }
  }
  const { coefficient, observed, expected, penetration } = duplicate({
    buyers: brands.map(({ buyers }) => buyers),
    shared,
    base,
  });
  const columns = brands.map(({ key }, at) => ({ id: `b${at}`, label: name(key), unit: 'percent' as const }));
  const { lowBase } = study.resolved.facts;
  const bought = (row: number) => narrow(cut, [brands[row]!.key]);
  const low = brands.filter(({ buyers }) => buyers < lowBase).map(({ key }) => name(key));
  return {
    figures: [
      {
        id: 'coefficient',
        label: 'Duplication coefficient D',
        value: coefficient,
        unit: 'ratio',
        note: 'Observed duplication is about D times the penetration of the other brand.',
      },
      { id: 'base', label: 'Buyers of the market', value: base, unit: 'count', note: 'The base of all penetrations.' },
    ],
    tables: [
      {
        id: 'duplication',
        title: 'Buyers of the row’s brand who also bought the column’s',
        columns: [
          { id: 'brand', label: 'Buyers of', unit: 'text' },
          { id: 'buyers', label: 'Buyers', unit: 'count' },
          { id: 'penetration', label: 'Penetration', unit: 'percent' },
          ...columns,
        ],
        rows: [
          ...brands.map(({ key, buyers }, at) => [name(key), buyers, penetration[at] ?? null, ...(observed[at] ?? [])]),
          ...(brands.length > 0 ? [['Expected: D × penetration', null, null, ...expected]] : []),
        ],
      },
    ],
    chart: { kind: 'heat', table: 'duplication', x: 'brand', y: columns.map(({ id }) => id) },
    notes: low.length > 0 ? [`Low base, fewer than ${lowBase} buyers: ${low.join(', ')}.`] : [],
    opens: {
      figures: {
        base: () => study.openMarketBuyers(),
      },
      tables: {
        duplication: {
          rows: brands.length,
          columns: {
            buyers: (row) => counted(brands[row]!.set, bought(row), study.range),
            ...Object.fromEntries(
              brands.map(({ set }, at) => [
                `b${at}`,
                (row: number) => counted(intersection(brands[row]!.set, set), bought(row), study.range),
              ]),
            ),
          },
        },
      },
    },
  };
}
