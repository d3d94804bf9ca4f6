import 'server-only';
import type { Unit } from '@/lib/metrics/metric';
import type { SpendColumn } from '@/lib/query/read-spend';
import type { Study } from './study';

/** What the analysis counts in: where it is read, its unit, and how what was read becomes it. */
export interface Measure {
  column: SpendColumn;
  label: 'Sales' | 'Units' | 'Purchases';
  unit: Unit;
  show(read: number | bigint): number;
}

export function measureOf(study: Study): Measure {
  switch (study.spec.measure) {
    case 'units':
      return { column: 'units', label: 'Units', unit: 'units', show: (read) => Number(read) / 1_000 };
    case 'purchases':
      return { column: 'purchases', label: 'Purchases', unit: 'count', show: Number };
    default:
      return { column: 'amount', label: 'Sales', unit: 'money', show: (read) => study.money(read) };
  }
}
