import { metricOf, type MetricId, type Need } from '@/lib/metrics/catalog';
import type { Resolved } from './resolve';
import { whyNoUniverse } from './universe';

// What a metric needs and the data lacks: said in a sentence, never shown as 0.

export function whyUnavailable(id: MetricId, resolved: Asked): string | null {
  if (id === 'sole_buyers' && typeof resolved.spec.market === 'object') {
    return 'Who bought nothing else of the market is known where the market holds the slice; this one was chosen.';
  }
  return whyLacking(metricOf(id).needs, resolved);
}

type Asked = Pick<Resolved, 'facts' | 'slice' | 'spec'>;

export function whyLacking(needs: readonly Need[], { facts, slice, spec }: Asked): string | null {
  if (needs.includes('shopper') && !facts.has.shopper) return 'No line of the data carries a shopper.';
  if (needs.includes('basket') && !facts.has.basket) {
    return facts.grain === null || facts.grain === 'receipt'
      ? 'No line of the data carries a receipt.'
      : `The data is by ${facts.grain}, so receipts are not known.`;
  }
  if (needs.includes('store') && !facts.has.store) return 'No line of the data carries a store.';
  if (needs.includes('packSize') && !facts.has.packSize) return 'No product of the data has a pack size.';
  if ((needs.includes('promotion') || spec.filters.promotion) && !facts.has.promotion) {
    return 'No line of the data says anything of promotions.';
  }
  if (needs.includes('universe')) {
    if (spec.filters.shoppers) return 'The universe is of all households, not of a group of shoppers.';
    return whyNoUniverse(slice, facts);
  }
  return null;
}
