import type { MetricId } from '@/lib/metrics/catalog';
import type { RandomLine } from './random-sales';

const ofShoppers = [
  ...['buyers', 'penetration', 'buy_rate', 'frequency', 'identified', 'coverage'],
  ...['repeat_rate', 'requirements', 'heavy_usage'],
];
const ofBaskets = ['trip', 'frequency', 'repeat_rate'];
const ofStores = ['distribution', 'tdp', 'items_carried', 'velocity'];

/** Which metrics cannot be made of lines that carry no shopper, no receipt, no store, or nothing of promotions. */
export function lacking(lines: readonly RandomLine[]): (id: MetricId) => boolean {
  const none = (of: 'shopper' | 'basket' | 'store' | 'promotion'): boolean => lines.every((line) => line[of] === null);
  const words = [
    ...(none('shopper') ? ofShoppers : []),
    ...(none('basket') ? ofBaskets : []),
    ...(none('store') ? ofStores : []),
    ...(none('promotion') ? ['on_deal'] : []),
  ];
  return (id) => words.some((word) => id.includes(word));
}
