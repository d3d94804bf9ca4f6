import { z } from 'zod';
import { analysisSpec } from './analyses';
import { buyer, counted } from './counted';
import { endpoint, jsonText, paging } from './endpoint';
import { workspaceQuery } from './query';

// Who a number of an analysis counts: new, retained and lapsed buyers, buyers of two brands, repeaters, cohorts.

/** Which of the numbers that say `opens`: a figure by its id, or a table's cell. */
const place = z.union([
  z.strictObject({ figure: z.string().max(60) }),
  z.strictObject({
    table: z.string().max(60),
    /** From 0, as the answer has them. */
    row: z.int().min(0).max(100_000),
    column: z.string().max(60),
  }),
]);

/** The analysis as it was asked, and which of its numbers. */
export const numberSpec = analysisSpec.safeExtend({ number: place });
export type NumberSpec = z.output<typeof numberSpec>;
export type NumberInput = z.input<typeof numberSpec>;

export const listAnalysisShoppers = endpoint({
  id: 'listAnalysisShoppers',
  method: 'GET',
  path: '/v1/analysis/shoppers',
  tag: 'Query',
  access: 'analyst',
  summary: 'The shoppers that a number of an analysis counts, the largest amount first',
  query: workspaceQuery.extend({ q: jsonText.pipe(numberSpec), ...paging }),
  response: counted(buyer).extend({
    /** Which number it is, as the analysis names it now. */
    of: z.string(),
  }),
});

export const exportAnalysisShoppers = endpoint({
  id: 'exportAnalysisShoppers',
  method: 'GET',
  path: '/v1/analysis/shoppers.csv',
  tag: 'Query',
  access: 'analyst',
  summary: 'The same shoppers, all of them, as CSV',
  query: workspaceQuery.extend({ q: jsonText.pipe(numberSpec) }),
  produces: 'text/csv',
  response: z.string(),
});
