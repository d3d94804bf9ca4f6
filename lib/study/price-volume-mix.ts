import 'server-only';
import { priceVolumeMix as decompose } from '@/lib/analyses/price-volume-mix';
import type { Findings, Study } from './study';

export async function priceVolumeMix(study: Study): Promise<Findings> {
  const cut = { ...study.slice, key: { by: 'product' as const } };
  const before = await study.leaves('Products, before', cut, study.before, ['sums']);
  const now = await study.leaves('Products, now', cut, study.range, ['sums']);
  const milli = (units = 0): bigint => BigInt(Math.round(units * 1_000));
  const { change, items, ...parts } = decompose(
    [...new Set([...before.keys(), ...now.keys()])].map((product) => {
      const [first, second] = [before.get(product)?.sums, now.get(product)?.sums];
      return {
        unitsBefore: milli(first?.units),
        amountBefore: study.minor(first?.amount ?? 0),
        unitsAfter: milli(second?.units),
        amountAfter: study.minor(second?.amount ?? 0),
      };
    }),
  );
  const rows: [string, bigint, number | null][] = [
    ['Price', parts.price, items.continuing],
    ['Volume', parts.volume, items.continuing],
    ['Mix', parts.mix, items.continuing],
    ['New products', parts.newItems, items.new],
    ['Lost products', parts.lostItems, items.lost],
    ...(items.withoutPrice > 0
      ? [['Products without a price', parts.withoutPrice, items.withoutPrice] as [string, bigint, number]]
      : []),
  ];
  return {
    figures: [{ id: 'change', label: 'Change of sales', value: study.money(change), unit: 'money' }],
    tables: [
      {
        id: 'bars',
        title: 'What changed sales',
        columns: [
          { id: 'part', label: 'Part', unit: 'text' },
          { id: 'amount', label: 'Part of the change', unit: 'money' },
          { id: 'products', label: 'Products', unit: 'count' },
        ],
        rows: rows.map(([part, amount, products]) => [part, study.money(amount), products]),
        total: ['Change', study.money(change), null],
      },
    ],
    chart: { kind: 'waterfall', table: 'bars', x: 'part', y: ['amount'] },
    notes:
      items.withoutPrice > 0
        ? ['Products whose units or sales are not above 0 in a period in which they have lines have no price.']
        : [],
  };
}
