import type { Analysis } from './analysis';

// Analyses of the shoppers of a slice: who comes and goes, who comes back, who spends how much.

export const shopperAnalyses = {
  buyer_flow: {
    label: 'New, retained and lapsed buyers',
    group: 'Shoppers',
    question: 'How many buyers are won, kept and lost?',
    description:
      'Buyers of each period set against those of the period before, and the buyers of the dates against those of the comparison.',
    formula:
      'New = bought now and not before; retained = both; lapsed = before and not now. Retained + new = buyers now, retained + lapsed = buyers before. Retention rate = retained ÷ buyers before.',
    needs: ['shopper'],
    focus: 'slice',
    compares: true,
    options: ['grain'],
  },
  repeat: {
    label: 'Repeat rate',
    group: 'Shoppers',
    question: 'How many buyers come back?',
    description:
      'Three repeat rates that are often confused, beside each other, each with its base. A trier is who first bought, as far as the data goes, within the dates; a purchase day is a day on which the shopper bought.',
    formula:
      '(a) Buyers on 2 or more trips ÷ buyers. (b) Buyers of the comparison who bought again in the dates ÷ buyers of the comparison. (c) Triers with a second purchase day within so many weeks ÷ triers with as many weeks left in the dates.',
    needs: ['shopper'],
    focus: 'slice',
    compares: true,
    options: ['weeks'],
  },
} as const satisfies Record<string, Analysis>;
