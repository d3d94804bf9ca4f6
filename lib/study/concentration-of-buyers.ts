import 'server-only';
import { heavyMediumLight, pareto, type BuyerGroup } from '@/lib/analyses/pareto';
import { divide } from '@/lib/metrics/compute';
import { measureOf } from './measure';
import { those } from './opens';
import type { Findings, Study } from './study';

const groups = { heavy: 'Heavy (top 20 %)', medium: 'Medium (next 30 %)', light: 'Light (the rest)' } as const;

export async function concentrationOfBuyers(study: Study): Promise<Findings> {
  const { column, label, unit, show } = measureOf(study);
  const [spend] = await study.spend('What each buyer bought', study.slice, study.range, [column, 'purchases']);
  // The largest first: equal ones are never cut apart, so each group is a stretch.
  const ranked = spend
    ? [...spend.shoppers.keys()]
        .filter((at) => spend.purchases[at]! > 0)
        .sort((a, b) => spend[column][b]! - spend[column][a]!)
    : [];
  const stretch = (from: number, to: number) =>
    those(
      ranked.slice(from, to).map((at) => spend!.shoppers[at]!),
      study.slice,
      study.range,
    );
  const bought = spend ? spend[column].filter((_, at) => spend.purchases[at]! > 0) : new Float64Array(0);
  const columns = [
    { id: 'buyers', label: 'Buyers', unit: 'count' as const },
    { id: 'percentOfBuyers', label: '% of buyers', unit: 'percent' as const },
    { id: 'sales', label, unit },
    { id: 'percentOfSales', label: `% of ${label.toLowerCase()}`, unit: 'percent' as const },
    { id: 'each', label: `${label} per buyer`, unit: column === 'purchases' ? ('ratio' as const) : unit },
  ];
  const cells = ({ buyers, sales, percentOfBuyers, percentOfSales }: BuyerGroup) => [
    buyers,
    percentOfBuyers,
    show(sales),
    percentOfSales,
    divide(show(sales), buyers),
  ];
  const parts = heavyMediumLight(bought);
  const all = show([parts.heavy, parts.medium, parts.light].reduce((sum, { sales }) => sum + sales, 0));
  const total = [bought.length, divide(bought.length, bought.length, 100), all];
  const top = pareto(bought, [1, 5, 10, 20, 50]);
  const known = study.observed !== null;
  return {
    figures: [
      { id: 'buyers', label: 'Buyers', value: known ? bought.length : null, unit: 'count' },
      {
        id: 'top20',
        label: 'Top 20 % of buyers',
        value: top.find(({ percent }) => percent === 20)?.percentOfSales ?? null,
        unit: 'percent',
        note: `Their part of identified ${label.toLowerCase()}.`,
      },
    ],
    tables: [
      {
        id: 'groups',
        title: 'Heavy, medium and light buyers',
        columns: [{ id: 'group', label: 'Buyers who are', unit: 'text' }, ...columns],
        rows: known ? (['heavy', 'medium', 'light'] as const).map((one) => [groups[one], ...cells(parts[one])]) : [],
        ...(known && { total: ['All buyers', ...total, divide(all, all, 100), divide(all, bought.length)] }),
      },
      {
        id: 'pareto',
        title: 'What the top buyers make',
        columns: [{ id: 'top', label: 'Top', unit: 'text' }, ...columns],
        rows: known ? top.map(({ percent, ...part }) => [`${percent} %`, ...cells(part)]) : [],
      },
    ],
    chart: { kind: 'bars', table: 'groups', x: 'group', y: ['percentOfBuyers', 'percentOfSales'] },
    notes: known ? study.lowBase(bought.length) : [],
    opens: {
      figures: { buyers: () => stretch(0, ranked.length) },
      tables: {
        groups: {
          columns: {
            buyers: (row) => {
              const ends = [0, parts.heavy.buyers, parts.heavy.buyers + parts.medium.buyers, ranked.length];
              return stretch(ends[row]!, ends[row + 1]!);
            },
          },
        },
        pareto: { columns: { buyers: (row) => stretch(0, top[row]!.buyers) } },
      },
    },
  };
}
