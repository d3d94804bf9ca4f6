import type { Analysis } from './analysis';

/** What is on the shelf, and at what price. */
export const shelfAnalyses = {
  distribution: {
    label: 'Distribution',
    group: 'Distribution',
    question: 'In how many stores is a brand sold, and how well does it sell there?',
    description:
      'Per brand: the stores that sold it at least once in the period, of those active in the market; the same weighted by all that the stores sell (%ACV) and by what they sell of the market (CWD); total distribution points; items carried; and how fast it sells where it is.',
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
      'Average price per unit of each brand, and per kg or l where all that it sold has a pack size, as an index to the market with and without the brand. The price ladder shows sales by band of the products’ average price.',
    formula: 'Price index = average price of the brand ÷ that of the market × 100. Average price = Σ amount ÷ Σ units.',
    needs: ['line'],
    focus: 'market',
    compares: false,
    options: [],
  },
} as const satisfies Record<string, Analysis>;
