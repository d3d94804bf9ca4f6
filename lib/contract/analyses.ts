import { z } from 'zod';
import { analysisIds, analysisOf } from '@/lib/metrics/analyses';
import type { AnalysisOption } from '@/lib/metrics/analysis';
import { basketsSpec, linesSpec } from './drill';
import { endpoint, jsonText } from './endpoint';
import { comparison, filters, grains, isoDate, market, responseMeta, sameStores, workspaceQuery } from './query';

/** What an analysis counts in. */
export const measures = ['value', 'units', 'purchases'] as const;
export const members = ['brand', 'category', 'product'] as const;
export const splits = ['region', 'channel', 'store', 'category'] as const;

const options = {
  /** Left out: value. */
  measure: z.enum(measures).optional(),
  /** Left out: region. */
  by: z.enum(splits).optional(),
  /** Left out: month. */
  grain: z.enum(grains).exclude(['day']).optional(),
  /** Within so many weeks of the first purchase; left out: 12. */
  weeks: z.int().min(1).max(104).optional(),
  /** The so many largest; left out: 10. */
  top: z.int().min(2).max(50).optional(),
  /** What is bought together; left out: brand. */
  members: z.enum(members).optional(),
} satisfies Record<AnalysisOption, z.ZodType>;

const optionNames = Object.keys(options) as AnalysisOption[];

export const analysisSpec = z
  .strictObject({
    analysis: z.enum(analysisIds),
    from: isoDate,
    to: isoDate,
    filters: filters.default({}),
    /** With analyses that compare two periods; left out: the previous year. */
    compare: comparison.optional(),
    /** true: with analyses that compare. */
    sameStores: sameStores.optional(),
    market: market.optional(),
    /** Answer with no older data than this version. */
    minVersion: z.int().nonnegative().optional(),
    ...options,
  })
  .superRefine((spec, context) => {
    const { focus, compares, options: takes } = analysisOf(spec.analysis);
    const wrong = (path: string[], message: string): void => context.addIssue({ code: 'custom', path, message });
    if (spec.from > spec.to) wrong(['to'], 'must not be before from');
    if (compares && spec.compare === 'none') wrong(['compare'], `${spec.analysis} sets two periods against each other`);
    if (!compares && spec.compare !== undefined && spec.compare !== 'none') {
      wrong(['compare'], `${spec.analysis} compares no periods`);
    }
    for (const name of optionNames) {
      if (spec[name] !== undefined && !takes.includes(name)) {
        wrong([name], `${spec.analysis} takes ${takes.length > 0 ? takes.join(', ') : 'no options'}`);
      }
    }
    const { brand, manufacturer, product, group } = spec.filters;
    if (focus === 'brand' && !brand && !manufacturer && !product && !group) {
      wrong(
        ['filters', 'brand'],
        `${spec.analysis} is of a brand: filter one (or a manufacturer, products, or a group of them)`,
      );
    }
  });
export type AnalysisSpec = z.output<typeof analysisSpec>;
export type AnalysisInput = z.input<typeof analysisSpec>;

const unit = z.enum([
  ...(['money', 'units', 'volume', 'percent', 'points', 'count', 'ratio', 'index', 'moneyPerUnit'] as const),
  'text',
]);
const cell = z.union([z.number(), z.string(), z.null()]);

/** A table: each row has a cell a column. Null is n/a, or not to be known yet. */
export const analysisTable = z.object({
  id: z.string(),
  title: z.string(),
  columns: z.array(z.object({ id: z.string(), label: z.string(), unit, note: z.string().optional() })),
  rows: z.array(z.array(cell)),
  /**
   * In each row the cells `of` make the cell `is` (where they are null it stands alone), and down the rows `is` makes the total.
   * They are shown rounded so that they still do.
   */
  adds: z.object({ of: z.array(z.string()), is: z.string() }).optional(),
  /** Over all rows; computed on its own where adding up would be wrong. */
  total: z.array(cell).optional(),
  /** Whose numbers open their shoppers: these columns, in the first so many rows. */
  opens: z.object({ columns: z.array(z.string()), rows: z.int() }).optional(),
  /** Whose numbers open their baskets: this column; row by row what `/v1/baskets` is to be asked, as its `q`. */
  baskets: z.object({ column: z.string(), of: z.array(basketsSpec) }).optional(),
  /** Whose numbers open the lines that they come from: these columns; row by row what `/v1/lines` is to be asked, as its `q`. */
  lines: z.object({ columns: z.array(z.string()), of: z.array(linesSpec) }).optional(),
});

/**
 * How the first look at a table is best drawn: columns by their ids, all of `y` in one unit. In a waterfall each row is a step
 * and the table's total, where it has one, where they lead; a heat whose first `y` is text is a list of row, column (`x`) and value.
 */
export const analysisChart = z.object({
  kind: z.enum(['bars', 'lines', 'waterfall', 'heat', 'points']),
  table: z.string(),
  x: z.string(),
  y: z.array(z.string()).min(1),
});

export const analysisResponse = z.object({
  analysis: z.enum(analysisIds),
  state: z.enum(['ok', 'unavailable']),
  /** Why it is unavailable, in a sentence. */
  reason: z.string().optional(),
  /** Single numbers that sum the analysis up. */
  figures: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      value: z.number().nullable(),
      unit,
      note: z.string().optional(),
      /** It opens its shoppers. */
      opens: z.literal(true).optional(),
      /** It opens its baskets: what `/v1/baskets` is to be asked, as its `q`. */
      baskets: basketsSpec.optional(),
    }),
  ),
  tables: z.array(analysisTable),
  chart: analysisChart.nullable(),
  notes: z.array(z.string()),
  meta: responseMeta.extend({
    range: z.object({ from: z.string(), to: z.string() }),
    compareRange: z.object({ from: z.string(), to: z.string() }).nullable(),
    market: z.string().nullable(),
    /** Part of the market's sales that carries a shopper, 0-100; null where the analysis does not rest on shoppers. */
    coverage: z.number().nullable(),
    /** What was read, from where and why from there. */
    sources: z.array(
      z.object({ what: z.string(), source: z.string(), because: z.string(), rowsRead: z.number(), ms: z.number() }),
    ),
  }),
});
export type AnalysisResponse = z.output<typeof analysisResponse>;
export type AnalysisTable = z.output<typeof analysisTable>;
export type AnalysisChart = z.output<typeof analysisChart>;

export const runAnalysis = endpoint({
  id: 'runAnalysis',
  method: 'POST',
  path: '/v1/analysis',
  tag: 'Query',
  access: 'viewer',
  summary: 'An analysis of a slice: loyalty, switching, distribution, price and more, as tables',
  query: workspaceQuery,
  body: analysisSpec,
  response: analysisResponse,
});

export const readAnalysis = endpoint({
  id: 'readAnalysis',
  method: 'GET',
  path: '/v1/analysis',
  tag: 'Query',
  access: 'viewer',
  summary: 'The same, as a link: q holds the analysis as JSON',
  query: workspaceQuery.extend({ q: jsonText.pipe(analysisSpec) }),
  response: analysisResponse,
});
