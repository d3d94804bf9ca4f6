import { z } from 'zod';
import { grains, type Grain } from '@/lib/metrics/calendar';
import { metricIds } from '@/lib/metrics/catalog';
import { comparisons } from '@/lib/metrics/comparison';
import { units } from '@/lib/metrics/metric';
import { calendar } from './calendar';
import { endpoint, jsonText } from './endpoint';
import { filters, id, ids, isoDate } from './filters';

export * from './filters';

export const dimensions = [
  'manufacturer',
  'brand',
  'category',
  'product',
  'region',
  'channel',
  'store',
  'promotion',
  'group',
  'store_group',
] as const;
export type Dimension = (typeof dimensions)[number];
export { grains, type Grain };

/** Break-down by an attribute is written "product:colour", "store:format" or "shopper:age". */
export const breakdown = z.union([
  z.enum(dimensions),
  z.templateLiteral(
    [z.enum(['product', 'store', 'shopper']), ':', z.string().min(1)],
    'an attribute, as product:colour',
  ),
]);
export type Breakdown = z.output<typeof breakdown>;

/**
 * "previous_period": the dates before. "previous_to_date": as much of the week, month, quarter or year before as the dates
 * have of theirs. "previous_year": the same dates. "previous_year_weekdays": the same weekdays, 52 weeks earlier.
 */
export const comparison = z.union([z.enum(comparisons), z.strictObject({ from: isoDate, to: isoDate })]);
export type Comparison = z.output<typeof comparison>;

/**
 * Only the stores that sold in every week of the dates and of the comparison (true), or of other dates. A week without
 * purchases in any store does not count.
 */
export const sameStores = z.union([
  z.literal(true, 'true, or dates as {from, to}'),
  z
    .strictObject({ from: isoDate, to: isoDate })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not be before from' }),
]);

/**
 * What a share is a share of. "slice": the slice without its brand, manufacturer and product filter. "sold": of that, the
 * categories the member sold in over the period, or the one compared with. A list: these categories. A group: its brands or products. Left out: "sold" where a brand,
 * manufacturer, product or group of them is filtered or broken down by and no category is filtered, else "slice".
 */
export const market = z.union([z.enum(['slice', 'sold']), ids, z.strictObject({ group: id })]);

export const querySpec = z
  .strictObject({
    metrics: z.array(z.enum(metricIds)).min(1).max(20),
    from: isoDate,
    to: isoDate,
    by: breakdown.optional(),
    /**
     * Splits every row by time. Rows without sales in a period are absent. Weeks, quarters and years are those of the
     * workspace's calendar; the retail ones need a retail calendar.
     */
    grain: z.enum(grains).optional(),
    filters: filters.default({}),
    compare: comparison.default('none'),
    sameStores: sameStores.optional(),
    market: market.optional(),
    /** Text to find in the names of the members broken down by. */
    search: z.string().trim().max(100).optional(),
    /** "-value_sales" for descending; "name"; "change:value_sales"; or "contribution:value_sales", of value and unit sales. */
    sort: z.string().max(60).optional(),
    limit: z.int().min(1).max(100).default(50),
    cursor: z.string().max(200).optional(),
    /** Answer with no older data than this version. */
    minVersion: z.int().nonnegative().optional(),
  })
  .refine((q) => q.from <= q.to, { path: ['to'], message: 'must not be before from' });
export type QuerySpec = z.output<typeof querySpec>;
export type QueryInput = z.input<typeof querySpec>;

const values = z.partialRecord(z.enum(metricIds), z.number().nullable());

export const queryRow = z.object({
  /**
   * The member, where the query has a break-down. id is null for attribute values, promotion states and "none"; key then
   * names the member, but for "none".
   */
  member: z
    .object({
      id: z.number().nullable(),
      name: z.string(),
      parent: z.string().nullable().optional(),
      key: z.string().optional(),
    })
    .nullable(),
  /** First day of the period, where the query has a grain. */
  period: z.string().nullable(),
  /** The period is cut by the asked range or by the end of the data. */
  incomplete: z.boolean().optional(),
  values,
  previous: values.optional(),
  /** Of the period and its comparison not the same part is in the dates and the data: no change is given. */
  uneven: z.boolean().optional(),
  /** Percent; points for percentages. Null from a base <= 0 or a missing value. */
  change: values.optional(),
  /** Of value and unit sales, with a comparison: points added to the growth of the row's market. */
  contribution: values.optional(),
  /** Likewise: part of the market's change, in percent; null where the market hardly moves or the two move apart. */
  shareOfGrowth: values.optional(),
  /** Metrics resting on fewer buyers than the workspace's low base. */
  lowBase: z.array(z.enum(metricIds)).optional(),
  /** Named where the market differs from row to row. */
  market: z.string().optional(),
});
export type QueryRow = z.output<typeof queryRow>;

export const metricMeta = z.object({
  state: z.enum(['ok', 'unavailable']),
  /** Why it is unavailable, in a sentence. */
  reason: z.string().optional(),
  /** What it was read from: "sales_month", "shopper_month + shopper_day", "lines" … */
  source: z.string().optional(),
  /** Why from there. */
  because: z.string().optional(),
  rowsRead: z.number().optional(),
  ms: z.number().optional(),
  /** "kg" or "l", for volume. */
  unit: z.string().optional(),
  /** Part of the base that the metric covers, 0-100: identified sales, or sales with a pack size. */
  coverage: z.number().nullable().optional(),
  /** The two (or one) leaves of the total, so that a ratio opens into its sums. */
  leaves: z
    .array(
      z.object({
        label: z.string(),
        unit: z.enum(units),
        value: z.number().nullable(),
        previous: z.number().nullable().optional(),
      }),
    )
    .optional(),
  /** Anything to know: "returns exceed sales", "low base" … */
  notes: z.array(z.string()).optional(),
});

const shopperGroupMeta = z.object({
  count: z.number(),
  source: z.string(),
  because: z.string(),
  rowsRead: z.number(),
  ms: z.number(),
});

export const cacheMeta = z.object({
  state: z.enum(['fresh', 'stale', 'miss']),
  generatedAt: z.string(),
  ageSeconds: z.number(),
  /** Why it is stale: "refreshing" or "source unavailable". */
  reason: z.string().optional(),
});

export const responseMeta = z.object({
  dataVersion: z.number(),
  /** Newest date with a line, whole workspace. */
  newestDate: z.string().nullable(),
  currency: z.string(),
  currencyScale: z.number(),
  /** What the periods of a grain are. */
  calendar,
  cache: cacheMeta.optional(),
});

export const queryResponse = z.object({
  rows: z.array(queryRow),
  /** Over all rows, computed on its own (never summed from rows where that would be wrong). One a period under a grain. */
  totals: z.array(queryRow),
  nextCursor: z.string().nullable(),
  rowCount: z.number(),
  meta: responseMeta.extend({
    range: z.object({ from: z.string(), to: z.string() }),
    compareRange: z.object({ from: z.string(), to: z.string() }).nullable(),
    /** The range is not over on this newest date, so that compareRange is as much of the earlier dates. */
    toDate: z.string().optional(),
    /** So many stores are kept, out of so many, with sameStores. */
    sameStores: z.object({ kept: z.number(), of: z.number() }).optional(),
    /** What was asked: a number of it opens into what this is made of. */
    slice: z
      .object({
        filters,
        by: breakdown.optional(),
        grain: z.enum(grains).optional(),
        compare: comparison.optional(),
        market: market.optional(),
      })
      .optional(),
    market: z.string().nullable(),
    metrics: z.partialRecord(z.enum(metricIds), metricMeta),
    lowBase: z.number(),
    /** With a filter by groups of shoppers: how many there are, and what that was read from. */
    shoppers: shopperGroupMeta.optional(),
  }),
});
export type QueryResponse = z.output<typeof queryResponse>;
export type MetricMeta = z.output<typeof metricMeta>;

/** The workspace, by its slug; left out: the caller's first. */
export const workspaceQuery = z.strictObject({ workspace: z.string().max(63).optional() });

export const runQuery = endpoint({
  id: 'runQuery',
  method: 'POST',
  path: '/v1/query',
  tag: 'Query',
  access: 'viewer',
  summary: 'Metrics of a slice, broken down and compared',
  query: workspaceQuery,
  body: querySpec,
  response: queryResponse,
});

export const readQuery = endpoint({
  id: 'readQuery',
  method: 'GET',
  path: '/v1/query',
  tag: 'Query',
  access: 'viewer',
  summary: 'The same, as a link: q holds the query as JSON',
  query: workspaceQuery.extend({
    q: jsonText.pipe(querySpec),
  }),
  response: queryResponse,
});
