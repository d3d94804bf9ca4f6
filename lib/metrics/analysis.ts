// The shape of an analysis: what the list holds and `lib/study` answers.

import type { Need } from './metric';

/** What an analysis can be asked beside its slice and dates. */
export type AnalysisOption = 'measure' | 'by' | 'grain' | 'weeks' | 'top' | 'members';

export interface Analysis {
  label: string;
  group: 'Shoppers' | 'Competition' | 'Why it changed' | 'Distribution' | 'Price and promotion';
  /** What it answers, as the user would ask. */
  question: string;
  description: string;
  formula: string;
  needs: readonly Need[];
  /**
   * "brand": of one brand (or manufacturer, or products), which has to be filtered. "market": of all brands of the slice.
   * "slice": of whatever is filtered, a brand or a whole category.
   */
  focus: 'brand' | 'market' | 'slice';
  /** Sets two periods against each other, so a comparison has to be given. */
  compares: boolean;
  options: readonly AnalysisOption[];
}
