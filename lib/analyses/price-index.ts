import { divide } from '@/lib/metrics/compute';
import { pricePer, type Milli, type Minor } from './amounts';

/** `quantity` is units, or volume: name which. For volume, amounts only of what has a pack size. */
export interface Priced {
  amount: Minor;
  quantity: Milli;
}

export interface PriceIndex {
  /** Minor units per unit (kg, l). */
  price: number | null;
  /** Brand's average price ÷ market's × 100, the market with and without the brand. */
  including: number | null;
  excluding: number | null;
}

/** How dear a brand is against its market, which includes it. */
export function priceIndex(brand: Priced, market: Priced): PriceIndex {
  const price = pricePer(brand.amount, brand.quantity);
  return {
    price,
    including: divide(price, pricePer(market.amount, market.quantity), 100),
    excluding: divide(price, pricePer(market.amount - brand.amount, market.quantity - brand.quantity), 100),
  };
}
