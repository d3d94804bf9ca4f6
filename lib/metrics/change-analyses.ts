import type { Analysis } from './analysis';

/** Why numbers changed between two periods. All parts add up to the change. */
export const changeAnalyses = {
  revenue_change: {
    label: 'Revenue by behaviour',
    group: 'Why it changed',
    question: 'Did sales change by buyers, trips, basket or price?',
    description:
      'The change of sales, split into what more or fewer buyers, their frequency, units per trip and price each made of it. Anonymous sales are a bar of their own.',
    formula:
      'Identified sales = buyers × frequency × units per trip × price. A factor’s part = L(V2, V1) × ln(x2 ÷ x1), with the logarithmic mean L(a, b) = (a − b) ÷ ln(a ÷ b).',
    needs: ['shopper'],
    focus: 'slice',
    compares: true,
    options: [],
  },
  share_change: {
    label: 'Share by behaviour',
    group: 'Why it changed',
    question: 'Did share change by reach, loyalty or the weight of its buyers?',
    description:
      'The change of value share in points, split into relative penetration, share of requirements and heavy usage; what shoppers with nothing but returns do to it; and the difference between identified and all sales.',
    formula:
      'Share among identified buyers = relative penetration × share of requirements × heavy-usage index, split by the logarithmic mean.',
    needs: ['shopper'],
    focus: 'brand',
    compares: true,
    options: [],
  },
  share_by_place: {
    label: 'Share by place',
    group: 'Why it changed',
    question: 'Where did share change, and did the places’ weights shift?',
    description:
      'The change of value share in points: within each region, channel, store or category, and by the shift of the market among them.',
    formula:
      'Within = mean weight of the place × change of its share. Mix = (mean share there − mean of the two total shares) × change of its weight.',
    needs: ['line'],
    focus: 'brand',
    compares: true,
    options: ['by'],
  },
  price_volume_mix: {
    label: 'Price, volume, mix',
    group: 'Why it changed',
    question: 'Did sales change by price, by volume, or by what was bought?',
    description:
      'The change of sales, split over the products that sold in both periods, new ones and lost ones. Lines that name only a brand count as one product of it.',
    formula:
      'Continuing products: price Σ q2(p2 − p1); volume (Q2 − Q1) × R1 ÷ Q1; mix Σ (q2 − q1)p1 − volume. New and lost products with all their sales.',
    needs: ['line'],
    focus: 'slice',
    compares: true,
    options: [],
  },
  launch: {
    label: 'Source of volume',
    group: 'Why it changed',
    question: 'Where do the sales of a launch come from?',
    description:
      'The change of a brand’s sales by source: buyers new to the market, buyers who are back in it (they had bought in the market before both periods), what was switched from each other brand less what was switched to it, the same shoppers buying more, and what it lost. Anonymous sales are a source of their own.',
    formula: 'The flows of switching to the brand less those from it; percent of all gains.',
    needs: ['shopper'],
    focus: 'brand',
    compares: true,
    options: ['top'],
  },
  concentration: {
    label: 'Concentration',
    group: 'Competition',
    question: 'Is the market in few hands?',
    description:
      'Value share of each brand in the order of size, what the largest hold together, and the Herfindahl index.',
    formula: 'HHI = Σ (share in percent)², up to 10,000. Top-k share = share of the k largest together.',
    needs: ['line'],
    focus: 'market',
    compares: false,
    options: [],
  },
} as const satisfies Record<string, Analysis>;
