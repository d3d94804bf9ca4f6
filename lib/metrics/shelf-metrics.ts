import { all, market, promoted, slice } from './leaf';
import type { Metric } from './metric';

// In how many stores something is sold, how fast, at what price against its market, and how much of it on promotion.

export const shelfMetrics = {
  numeric_distribution: {
    label: 'Numeric distribution',
    description:
      'Part of the stores active in the market (with a purchase of it in the period) that sold it at least once in the period.',
    formula: 'stores selling ÷ stores that sell the market',
    unit: 'percent',
    better: 'higher',
    needs: ['store'],
    shopper: false,
    compute: { kind: 'ratio', over: slice({ shelf: 'stores' }), under: market({ stores: 'selling' }), times: 100 },
  },
  weighted_distribution: {
    label: 'Weighted distribution (%ACV)',
    description: 'The stores that sold it, weighted by all that stores sell, whatever it is.',
    formula: 'all-commodity sales of the stores selling ÷ all-commodity sales of all stores',
    unit: 'percent',
    better: 'higher',
    needs: ['store'],
    shopper: false,
    compute: { kind: 'ratio', over: slice({ shelf: 'commodity' }), under: all({ stores: 'amount' }), times: 100 },
  },
  category_weighted_distribution: {
    label: 'Weighted distribution (CWD)',
    description: 'The stores that sold it, weighted by what stores sell of the market.',
    formula: 'market sales of the stores selling ÷ market sales of the stores that sell the market',
    unit: 'percent',
    better: 'higher',
    needs: ['store'],
    shopper: false,
    compute: {
      kind: 'ratio',
      over: slice({ shelf: 'market' }),
      under: market({ stores: 'sellingAmount' }),
      times: 100,
    },
  },
  tdp: {
    label: 'Total distribution points',
    description:
      'The weighted distribution (%ACV) of each item, added up: breadth and depth in one. Lines that name no product count for none.',
    formula: 'Σ over items of item %ACV',
    unit: 'ratio',
    better: 'higher',
    needs: ['store'],
    shopper: false,
    compute: { kind: 'ratio', over: slice({ shelf: 'itemCommodity' }), under: all({ stores: 'amount' }), times: 100 },
  },
  items_carried: {
    label: 'Items carried',
    description: 'How many of its items a store that sells it carries, weighted by what stores sell.',
    formula: 'total distribution points ÷ weighted distribution (%ACV)',
    unit: 'ratio',
    better: 'higher',
    needs: ['store'],
    shopper: false,
    compute: { kind: 'ratio', over: slice({ shelf: 'itemCommodity' }), under: slice({ shelf: 'commodity' }) },
  },
  velocity: {
    label: 'Velocity (per store and week)',
    description: 'Sales per selling store and week of the period, with or without a sale in it.',
    formula: 'sales in stores ÷ (stores selling × weeks)',
    unit: 'moneyPerUnit',
    better: 'higher',
    needs: ['store'],
    shopper: false,
    compute: { kind: 'ratio', over: slice({ stores: 'amount' }), under: slice({ shelf: 'storeWeeks' }) },
  },
  price_index: {
    label: 'Price index',
    description: 'Average price per unit against that of the market, which includes it. Above 100 it is dearer.',
    formula: '(value ÷ units) ÷ (market value ÷ market units) × 100',
    unit: 'index',
    better: 'neither',
    needs: ['line'],
    shopper: false,
    compute: {
      kind: 'index',
      over: [slice({ sum: 'amount' }), slice({ sum: 'units' })],
      under: [market({ sum: 'amount' }), market({ sum: 'units' })],
    },
  },
  price_index_per_volume: {
    label: 'Price index per kg or l',
    description:
      'Average price per kg or l against that of the market, which includes it; n/a where products without a pack size were sold in either.',
    formula: '(value ÷ volume) ÷ (market value ÷ market volume) × 100',
    unit: 'index',
    better: 'neither',
    needs: ['packSize'],
    shopper: false,
    compute: {
      kind: 'index',
      over: [slice({ sum: 'amount' }), slice({ sum: 'volume' })],
      under: [market({ sum: 'amount' }), market({ sum: 'volume' })],
    },
  },
  on_deal_volume: {
    label: 'Volume on deal',
    description: 'Part of volume sales that was sold on promotion.',
    formula: 'promoted volume ÷ volume sales',
    unit: 'percent',
    better: 'neither',
    needs: ['promotion', 'packSize'],
    shopper: false,
    compute: { kind: 'ratio', over: promoted({ sum: 'volume' }), under: slice({ sum: 'volume' }), times: 100 },
  },
} as const satisfies Record<string, Metric>;
