import { market, slice } from './leaf';
import type { Metric } from './metric';

// How loyal buyers are: what they bought of the slice beside what they bought of its market.

const requirements = (of: 'amount' | 'units' | 'purchases') =>
  ({ kind: 'ratio', over: slice({ buying: of }), under: slice({ requirements: of }), times: 100 }) as const;

export const loyaltyMetrics = {
  repeat_rate: {
    label: 'Repeat rate (2 or more trips)',
    description: 'Part of the buyers who bought on at least two trips in the period.',
    formula: 'buyers on 2 or more trips ÷ buyers',
    unit: 'percent',
    better: 'higher',
    needs: ['shopper', 'basket'],
    shopper: true,
    compute: { kind: 'ratio', over: slice({ buying: 'repeatBuyers' }), under: slice({ buying: 'buyers' }), times: 100 },
  },
  requirements_value: {
    label: 'Share of requirements, value',
    description: 'Part of what its buyers spend in the market; of shoppers with a purchase, returns taken off.',
    formula: 'value sales to its buyers ÷ value sales of the market to the same shoppers',
    unit: 'percent',
    better: 'higher',
    needs: ['shopper'],
    shopper: true,
    compute: requirements('amount'),
  },
  requirements_units: {
    label: 'Share of requirements, units',
    description: 'Part of the units that its buyers buy in the market; of shoppers with a purchase, returns taken off.',
    formula: 'units to its buyers ÷ units of the market to the same shoppers',
    unit: 'percent',
    better: 'higher',
    needs: ['shopper'],
    shopper: true,
    compute: requirements('units'),
  },
  requirements_volume: {
    label: 'Share of requirements, volume',
    description:
      'Part of the kg or l that its buyers buy in the market; of shoppers with a purchase, returns taken off.',
    formula: 'volume to its buyers ÷ volume of the market to the same shoppers',
    unit: 'percent',
    better: 'higher',
    needs: ['shopper', 'packSize'],
    shopper: true,
    compute: {
      kind: 'ratio',
      over: slice({ buying: 'volume' }),
      under: slice({ requirements: 'volume' }),
      times: 100,
    },
  },
  requirements_purchases: {
    label: 'Share of requirements, purchases',
    description: 'Part of the purchases (lines that are no return) that its buyers make in the market.',
    formula: 'purchases of its buyers ÷ purchases of the market by the same shoppers',
    unit: 'percent',
    better: 'higher',
    needs: ['shopper'],
    shopper: true,
    compute: requirements('purchases'),
  },
  sole_buyers: {
    label: 'Sole buyers',
    description:
      'Part of the buyers who bought nothing else of the market: of a brand, no other brand. Unavailable in a market that is chosen, which need not hold the slice.',
    formula: 'buyers without any other purchase in the market ÷ buyers',
    unit: 'percent',
    better: 'higher',
    needs: ['shopper'],
    shopper: true,
    compute: {
      kind: 'ratio',
      over: slice({ requirements: 'soleBuyers' }),
      under: slice({ buying: 'buyers' }),
      times: 100,
    },
  },
  heavy_usage: {
    label: 'Heavy-usage index',
    description:
      'What its buyers spend in the market, each, against what the market’s buyers do. Above 100 they are heavier.',
    formula: '(market sales ÷ buyers, of its buyers) ÷ (market sales ÷ buyers, of the market’s buyers) × 100',
    unit: 'index',
    better: 'higher',
    needs: ['shopper'],
    shopper: true,
    compute: {
      kind: 'index',
      over: [slice({ requirements: 'amount' }), slice({ buying: 'buyers' })],
      under: [market({ buying: 'amount' }), market({ buying: 'buyers' })],
    },
  },
} as const satisfies Record<string, Metric>;
