import 'server-only';
import type { Filters } from '@/lib/contract/query';
import type { Study } from './study';

/** The market as the filters of a question. Null for what filters can't say: a market that is a group, and the same stores. */
export function marketFilters({ market, spec, resolved }: Study): Partial<Filters> | null {
  if (market.brands || market.products || market.nodes.length === 0 || spec.sameStores) return null;
  const { promotion, shoppers, exclude = {}, ...places } = spec.filters;
  const placed = ({ region, channel, store, store_group, attributes = [] }: typeof exclude) => {
    const others = attributes.filter(({ of }) => of !== 'product');
    return {
      ...(region && { region }),
      ...(channel && { channel }),
      ...(store && { store }),
      ...(store_group && { store_group }),
      ...(others.length > 0 && { attributes: others }),
    };
  };
  const whole = market.nodes.length === 1 && market.nodes[0] === resolved.tree.root;
  return {
    ...placed(places),
    ...(!whole && { category: [...market.nodes] }),
    ...(promotion && { promotion }),
    ...(shoppers && { shoppers }),
    exclude: placed(exclude),
  };
}
