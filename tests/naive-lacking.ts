import type { Filters } from '@/lib/contract/query';
import type { MetricId } from '@/lib/metrics/catalog';
import type { RandomLine } from './random-sales';

const ofShoppers = [
  ...['buyers', 'penetration', 'buy_rate', 'frequency', 'identified', 'coverage'],
  ...['repeat_rate', 'requirements', 'heavy_usage'],
];
const ofBaskets = ['trip', 'frequency', 'repeat_rate'];
const ofStores = ['distribution', 'tdp', 'items_carried', 'velocity'];

/** Which metrics cannot be made of lines that carry no shopper, no receipt, no store, or nothing of promotions: none, where these are filtered. */
export function lacking(lines: readonly RandomLine[], { promotion }: Filters): (id: MetricId) => boolean {
  const none = (of: 'shopper' | 'basket' | 'store' | 'promotion'): boolean => lines.every((line) => line[of] === null);
  const words = [
    ...(none('shopper') ? ofShoppers : []),
    ...(none('basket') ? ofBaskets : []),
    ...(none('store') ? ofStores : []),
    ...(none('promotion') ? ['on_deal'] : []),
  ];
  if (promotion && none('promotion')) return () => true;
  return (id) => words.some((word) => id.includes(word));
}
