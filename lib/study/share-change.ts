import 'server-only';
import { roundPoints } from '@/lib/analyses/amounts';
import { decomposeShare, type ShareFactor, type SharePeriod } from '@/lib/analyses/decompose-share';
import { noLeaves } from '@/lib/metrics/compute';
import type { Range } from '@/lib/metrics/periods';
import type { Spend } from '@/lib/query/add-spend';
import type { Findings, Study } from './study';

const labels: Record<ShareFactor, string> = {
  penetration: 'Relative penetration',
  heavyUsage: 'Heavy usage',
  shareOfRequirements: 'Share of requirements',
  sharePerBuyer: 'Loyalty and heavy usage',
  buyers: 'Share among buyers',
  returnsOnly: 'Shoppers with nothing but returns',
  coverage: 'Identified against all sales',
};

export async function shareChange(study: Study): Promise<Findings> {
  const before = await read(study, 'before', study.before);
  const now = await read(study, 'now', study.range);
  const { bars, ...shares } = decomposeShare(before, now);
  const points = roundPoints(bars.map((bar) => bar.points));
  return {
    figures: [
      { id: 'before', label: 'Value share before', value: shares.before, unit: 'percent' },
      { id: 'now', label: 'Value share now', value: shares.after, unit: 'percent' },
      { id: 'change', label: 'Change', value: shares.change, unit: 'points' },
    ],
    tables: [
      {
        id: 'bars',
        title: 'What changed share',
        columns: [
          { id: 'factor', label: 'Factor', unit: 'text' },
          { id: 'points', label: 'Part of the change', unit: 'points' },
        ],
        adds: { of: [], is: 'points' },
        rows: bars.map(({ factor }, at) => [labels[factor], points[at] ?? null]),
        total: ['Change', shares.change],
      },
    ],
    chart: bars.length > 0 ? { kind: 'waterfall', table: 'bars', x: 'factor', y: ['points'] } : null,
    notes: bars.length > 0 ? [] : ['The market has no sales in one of the periods, so there is no share to compare.'],
  };
}

async function read(study: Study, when: string, range: Range): Promise<SharePeriod> {
  const one = { by: 'none' as const };
  const slice = { ...study.slice, nodes: study.market.nodes, key: one };
  const market = { ...study.market, key: one };
  const [mine] = await study.spend(`The brand by shopper, ${when}`, slice, range, ['amount', 'purchases']);
  const [all] = await study.spend(`The market by shopper, ${when}`, market, range, ['amount', 'purchases']);
  const sums = async (cut: typeof market) =>
    ((await study.leaves(`Sales, ${when}`, cut, range, ['sums'])).get(null) ?? noLeaves).sums;
  const [brand, whole] = [await sums(slice), await sums(market)];
  const spent = new Map<number, number>();
  all?.shoppers.forEach((shopper, at) => spent.set(shopper, all.amount[at] ?? 0));
  const bought = (spend: Spend | undefined): number[] =>
    spend ? [...spend.shoppers.keys()].filter((at) => (spend.purchases[at] ?? 0) > 0) : [];
  const [brandBuyers, marketBuyers] = [bought(mine), bought(all)];
  const add = (positions: number[], value: (at: number) => number): bigint =>
    BigInt(positions.reduce((sum, at) => sum + value(at), 0));
  return {
    brandBuyers: brandBuyers.length,
    marketBuyers: marketBuyers.length,
    brandBuyerSales: add(brandBuyers, (at) => mine?.amount[at] ?? 0),
    marketToBrandBuyers: add(brandBuyers, (at) => spent.get(mine?.shoppers[at] ?? -1) ?? 0),
    marketBuyerSales: add(marketBuyers, (at) => all?.amount[at] ?? 0),
    brandIdentified: study.minor(brand.identifiedAmount),
    marketIdentified: study.minor(whole.identifiedAmount),
    brandAmount: study.minor(brand.amount),
    marketAmount: study.minor(whole.amount),
  };
}
