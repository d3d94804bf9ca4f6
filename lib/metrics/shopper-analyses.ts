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
  trial_repeat: {
    label: 'Trial and depth of repeat',
    group: 'Shoppers',
    question: 'How many try it, and how many of them buy it again?',
    description:
      'Triers week by week, added up, and which part of them bought again so many weeks after trial. A purchase occasion is a day on which the shopper bought; a trier is who first bought, as far as the data goes, within the dates. Best asked from the day of a launch.',
    formula:
      'T(t) = triers up to week t, also ÷ buyers of the market. Depth of repeat n within t weeks = triers with n or more further purchase days within t weeks of trial ÷ triers with t weeks left in the dates.',
    needs: ['shopper'],
    focus: 'slice',
    compares: false,
    options: ['weeks'],
  },
  cohorts: {
    label: 'Cohort retention',
    group: 'Shoppers',
    question: 'How many new buyers are still buying later?',
    description:
      'Buyers by the period of their first purchase in the data, and which part of them bought in each later period. Who bought in the first period of the data may have bought before it: that cohort is marked left-censored. What cannot be seen yet is blank.',
    formula: 'Cohort’s buyers who bought n periods after their first ÷ buyers of the cohort.',
    needs: ['shopper'],
    focus: 'slice',
    compares: false,
    options: ['grain'],
  },
  concentration_of_buyers: {
    label: 'Heavy, medium and light buyers',
    group: 'Shoppers',
    question: 'How much of the sales do the heaviest buyers make?',
    description:
      'Buyers in the order of what they bought: which part of identified sales the top 1, 5, 10, 20 and 50 % make (Pareto), and what heavy, medium and light buyers make. Buyers who bought equally much stay together, in the heavier group.',
    formula:
      'Sales of the top k % of buyers ÷ sales of all buyers. Heavy = the top 20 % of buyers, medium = the next 30 %, light = the rest.',
    needs: ['shopper'],
    focus: 'slice',
    compares: false,
    options: ['measure'],
  },
  rfm: {
    label: 'Recency, frequency, monetary value',
    group: 'Shoppers',
    question: 'Which buyers are the most valuable, and which are slipping away?',
    description:
      'Each buyer scored from 1 (worst) to 5 (best) by the days since the last purchase, by trips (purchases, where no line carries a receipt) and by spend; equal buyers get equal scores.',
    formula: 'Score = 1 + ⌊5 × part of buyers who are strictly worse⌋. Days run to the last of the dates with data.',
    needs: ['shopper'],
    focus: 'slice',
    compares: false,
    options: [],
  },
} as const satisfies Record<string, Analysis>;
