import { divide } from '@/lib/metrics/compute';
import { quotient, type Minor } from './amounts';

/**
 * (The slice's part of the brand's sales ÷ the slice's part of the market's sales) × 100. Slices are places, shopper groups…:
 * above 100 the brand is stronger there than elsewhere.
 */
export const developmentIndex = (sales: {
  brandInSlice: Minor;
  brand: Minor;
  marketInSlice: Minor;
  market: Minor;
}): number | null =>
  divide(quotient(sales.brandInSlice, sales.brand), quotient(sales.marketInSlice, sales.market), 100);
