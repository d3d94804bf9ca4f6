// What the analyses mean: the pages, the glossary, the API's enum and docs derive from this list, as they do for metrics.

import type { Analysis } from './analysis';
import { changeAnalyses } from './change-analyses';
import { shelfAnalyses } from './shelf-analyses';
import { shopperAnalyses } from './shopper-analyses';

export const analyses = {
  loyalty: {
    label: 'Loyalty',
    group: 'Shoppers',
    question: 'How loyal are the buyers of each brand?',
    description:
      'Per brand: buyers, penetration, repeat rate, sole buyers, share of requirements (its part of what its buyers spend in the market) and heavy usage (how much they spend there against the average buyer).',
    formula:
      'Share of requirements = brand ÷ market sales among the brand’s buyers. Heavy-usage index = (market sales per brand buyer ÷ market sales per market buyer) × 100. Sole buyers bought no other brand of the market. Repeat rate = buyers on 2 or more trips ÷ buyers.',
    needs: ['shopper'],
    focus: 'market',
    compares: false,
    options: ['measure'],
  },
  duplication: {
    label: 'Duplication of purchase',
    group: 'Competition',
    question: 'Who else do the buyers of a brand buy?',
    description:
      'Part of each brand’s buyers who also bought each other brand, beside what the brands’ sizes alone lead to expect.',
    formula:
      'Buyers of both ÷ buyers of the row’s brand. Expected = D × penetration of the column’s brand; D = Σ pair penetration ÷ Σ product of the two penetrations, among buyers of the market.',
    needs: ['shopper'],
    focus: 'market',
    compares: false,
    options: ['top'],
  },
  double_jeopardy: {
    label: 'Double jeopardy',
    group: 'Competition',
    question: 'Is a brand bought as often as its size leads to expect?',
    description:
      'Small brands have fewer buyers, who also buy a little less often. Penetration and frequency of each brand beside the NBD-Dirichlet norm, fitted on each category by itself, and beside w(1 − b), which is about the same for all brands.',
    formula:
      'b = buyers ÷ all shoppers; w = trips ÷ buyers. Deviation = w(1 − b) ÷ its mean over brands, by buyers, − 1. The norm expects of a brand of its share of purchases so many buyers, and so many trips of each.',
    needs: ['shopper'],
    focus: 'market',
    compares: false,
    options: [],
  },
  affinity: {
    label: 'Basket affinity',
    group: 'Competition',
    question: 'What is bought together?',
    description:
      'Brands, categories or products in the same basket: how often, and how much more often than by chance. Among those in the most baskets; with a brand filtered, what its buyers put beside it.',
    formula:
      'Support = baskets with both ÷ all baskets of the market. Confidence A → B = baskets with both ÷ baskets with A. Lift = support ÷ (part of baskets with A × part with B).',
    needs: ['basket'],
    focus: 'market',
    compares: false,
    options: ['members', 'top'],
  },
  switching: {
    label: 'Switching',
    group: 'Why it changed',
    question: 'Between which brands did sales move?',
    description:
      'Each shopper’s gains and losses between the two periods, matched: what one brand lost that another gained is a flow; the rest is buying more or less, or coming to and leaving the market.',
    formula:
      'Per shopper switched = min(Σ gains, Σ losses); flow j → i = switched × (loss of j ÷ Σ losses) × (gain of i ÷ Σ gains). Flows out equal flows in; each brand’s parts add up to its change.',
    needs: ['shopper'],
    focus: 'market',
    compares: true,
    options: ['measure', 'top'],
  },
  ...changeAnalyses,
  ...shopperAnalyses,
  ...shelfAnalyses,
} as const satisfies Record<string, Analysis>;

export type AnalysisId = keyof typeof analyses;
export const analysisIds = Object.keys(analyses) as [AnalysisId, ...AnalysisId[]];
export const analysisOf = (id: AnalysisId): Analysis => analyses[id];
