import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import { metricIds, metricOf, type Need } from '@/lib/metrics/catalog';

type Held = Pick<WorkspaceDetail, 'has' | 'universe' | 'grain'>;

export const grainText = { receipt: 'Receipt', day: 'Day', week: 'Week' } as const;

export const holdings = ({ has }: Held): { name: string; there: boolean }[] => [
  { name: 'Shoppers', there: has.shoppers },
  { name: 'Receipts', there: has.baskets },
  { name: 'Stores', there: has.stores },
  { name: 'Regions', there: has.regions },
  { name: 'Channels', there: has.channels },
  { name: 'Promotions', there: has.promotions },
  { name: 'Pack sizes', there: has.packSizes },
];

/** Why a need is not met, with what would meet it; null where it is. */
function whyNot(need: Need, { has, universe, grain }: Held): string | null {
  switch (need) {
    case 'line':
      return null;
    case 'shopper':
      return has.shoppers ? null : 'no line carries a shopper. Map a household or loyalty card column.';
    case 'basket':
      if (has.baskets) return null;
      return grain === 'day' || grain === 'week'
        ? `the data is by ${grain}, so receipts are not known.`
        : 'no line carries a receipt. Map a receipt or basket column.';
    case 'store':
      return has.stores ? null : 'no line carries a store. Map a store column.';
    case 'promotion':
      return has.promotions ? null : 'no line says anything of promotions.';
    case 'packSize':
      return has.packSizes ? null : 'no product has a pack size. Load a product file with one.';
    case 'universe':
      return universe === null ? 'no universe is set for the workspace.' : null;
  }
}

/** Metrics that this data cannot give, under the reason. */
export function lacking(held: Held): { why: string; metrics: string[] }[] {
  const reasons = new Map<string, string[]>();
  for (const id of metricIds) {
    const { label, needs } = metricOf(id);
    const why = needs.map((need) => whyNot(need, held)).find((reason) => reason !== null);
    if (why) reasons.set(why, [...(reasons.get(why) ?? []), label]);
  }
  return [...reasons].map(([why, metrics]) => ({ why, metrics }));
}
