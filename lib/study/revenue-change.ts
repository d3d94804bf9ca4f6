import 'server-only';
import { decomposeRevenue, type RevenueFactor, type RevenuePeriod } from '@/lib/analyses/decompose-revenue';
import { noLeaves, type Leaves } from '@/lib/metrics/compute';
import type { Range } from '@/lib/metrics/periods';
import type { Findings, Study } from './study';

const labels: Record<RevenueFactor, string> = {
  buyers: 'Buyers',
  frequency: 'Frequency',
  unitsPerTrip: 'Units per trip',
  price: 'Price per unit',
  unitsPerBuyer: 'Units per buyer',
  spendPerTrip: 'Spend per trip',
  buyRate: 'Buy rate',
  identified: 'Identified sales',
  anonymous: 'Anonymous sales',
};

const reasons = {
  new: 'There were no identified sales before, so nothing to split them against.',
  lost: 'There are no identified sales now, so nothing to split.',
  noSales: 'Identified sales are not above 0 in both periods, so they have no factors.',
};

export async function revenueChange(study: Study): Promise<Findings> {
  const read = async (what: string, range: Range): Promise<Leaves> =>
    (await study.leaves(what, whole, range, ['sums', 'trips', 'shoppers'])).get(null) ?? noLeaves;
  const whole = { ...study.slice, key: { by: 'none' as const } };
  const [before, now] = [await read('Before', study.before), await read('Now', study.range)];
  const hasBaskets = study.resolved.facts.has.basket;
  const of = ({ sums, identifiedTrips, shoppers }: Leaves): RevenuePeriod => ({
    amount: study.minor(sums.amount),
    identifiedAmount: study.minor(sums.identifiedAmount),
    identifiedUnits: BigInt(Math.round(sums.identifiedUnits * 1_000)),
    identifiedTrips: hasBaskets ? identifiedTrips : null,
    buyers: shoppers ?? 0,
  });
  const { bars, change, unsplit } = decomposeRevenue(of(before), of(now));
  return {
    figures: [
      { id: 'before', label: 'Sales before', value: before.sums.amount, unit: 'money' },
      { id: 'now', label: 'Sales now', value: now.sums.amount, unit: 'money' },
      { id: 'change', label: 'Change', value: study.money(change), unit: 'money' },
    ],
    tables: [
      {
        id: 'bars',
        title: 'What changed sales',
        columns: [
          { id: 'factor', label: 'Factor', unit: 'text' },
          { id: 'amount', label: 'Part of the change', unit: 'money' },
        ],
        rows: bars.map(({ factor, amount }) => [labels[factor], study.money(amount)]),
        total: ['Change', study.money(change)],
      },
    ],
    chart: { kind: 'waterfall', table: 'bars', x: 'factor', y: ['amount'] },
    notes: [
      ...(unsplit ? [reasons[unsplit]] : []),
      ...(hasBaskets ? [] : ['No line carries a receipt, so frequency and units per trip are one bar.']),
    ],
  };
}
