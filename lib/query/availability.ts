import { metricOf, type MetricId, type Need } from '@/lib/metrics/catalog';
import { usesPlace, usesStore, type Cut } from './cut';
import type { Facts } from './facts';

// What a metric needs and the data lacks: said in a sentence, never shown as 0.

export const whyUnavailable = (id: MetricId, facts: Facts, slice: Cut): string | null =>
  whyLacking(metricOf(id).needs, facts, slice);

export function whyLacking(needs: readonly Need[], facts: Facts, slice: Cut): string | null {
  if (needs.includes('shopper') && !facts.has.shopper) return 'No line of the data carries a shopper.';
  if (needs.includes('basket') && !facts.has.basket) {
    return facts.grain === null || facts.grain === 'receipt'
      ? 'No line of the data carries a receipt.'
      : `The data is by ${facts.grain}, so receipts are not known.`;
  }
  if (needs.includes('store') && !facts.has.store) return 'No line of the data carries a store.';
  if (needs.includes('packSize') && !facts.has.packSize) return 'No product of the data has a pack size.';
  if (needs.includes('promotion') && !facts.has.promotion) return 'No line of the data says anything of promotions.';
  if (needs.includes('universe')) {
    if (facts.universe === null) return 'No universe is set for the workspace.';
    if (usesPlace(slice) || usesStore(slice)) return 'The universe is of the whole workspace, not of a place.';
  }
  return null;
}
