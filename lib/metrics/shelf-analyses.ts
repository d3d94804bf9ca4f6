import type { Analysis } from './analysis';

/** What is on the shelf, and at what price. */
export const shelfAnalyses = {
  distribution: {
    label: 'Distribution',
    group: 'Distribution',
    question: 'In how many stores is a brand sold, and how well does it sell there?',
    description:
      'Per brand: the stores that sold it at least once in the period, of those active in the market; the same weighted by all that the stores sell (%ACV) and by what they sell of the market (CWD); total distribution points; items carried; and how fast it sells where it is. Of one brand its products too.',
    formula:
      'Numeric = stores selling ÷ active stores. %ACV = all-commodity sales of the selling stores ÷ of all. TDP = Σ over items of item %ACV; items carried = TDP ÷ %ACV. Velocity = sales ÷ (stores selling × weeks); ÷ store-weeks with a sale; ÷ TDP.',
    needs: ['store'],
    focus: 'market',
    compares: false,
    options: [],
  },
  price: {
    label: 'Price',
    group: 'Price and promotion',
    question: 'How dear is a brand against its market, and at which prices does the market sell?',
    description:
      'Average price per unit of each brand, and per kg or l of what has a pack size (how much of it has one is said), as an index to the market with and without the brand. The price ladder shows sales by band of the products’ average price.',
    formula: 'Price index = average price of the brand ÷ that of the market × 100. Average price = Σ amount ÷ Σ units.',
    needs: ['line'],
    focus: 'market',
    compares: false,
    options: [],
  },
  promotion: {
    label: 'Promotion',
    group: 'Price and promotion',
    question: 'How much is sold on promotion, how deep are the cuts, and what do they add?',
    description:
      'Promoted sales as a part of all, by value, units and volume; how deep prices were cut; and an estimate of the units that promotions added to what would have been sold without them.',
    formula:
      'On deal = promoted ÷ total. Depth = (base price − price) ÷ base price; base = the given base price, else the average of what the product’s store sold without promotion. Base = in a promoted week the mean of the 8 nearest weeks without, by product and store; incremental = total − base; lift = incremental ÷ base in promoted weeks.',
    needs: ['promotion'],
    focus: 'slice',
    compares: false,
    options: ['top'],
  },
  elasticity: {
    label: 'Price elasticity',
    group: 'Price and promotion',
    question: 'How much less is sold when the price goes up?',
    description:
      'By how many percent units move when the price moves by one, and what promotion adds beside its price, estimated from the weeks of products in stores. Refused, with the reason, where prices hardly moved.',
    formula:
      'ln units = product × store effect + week effect + β ln price + γ promoted, by least squares; 95 % interval from errors clustered by product and store. Needs 30 price changes, and ln price to vary by 0.02 within product-stores and weeks.',
    needs: ['line'],
    focus: 'slice',
    compares: false,
    options: [],
  },
  development_index: {
    label: 'Development index',
    group: 'Competition',
    question: 'Where is a brand stronger than its size leads to expect?',
    description:
      'What a place makes of a brand’s sales against what it makes of the market’s, by region, channel, store or category. Above 100 the brand is stronger there than elsewhere.',
    formula: '(The place’s part of the brand’s sales ÷ the place’s part of the market’s sales) × 100.',
    needs: ['line'],
    focus: 'market',
    compares: false,
    options: ['by', 'top'],
  },
} as const satisfies Record<string, Analysis>;
