import { z } from 'zod';
import { grains } from '@/lib/metrics/calendar';
import { metricIds } from '@/lib/metrics/catalog';
import { units } from '@/lib/metrics/metric';
import { endpoint, jsonText } from './endpoint';
import { breakdown, comparison, filters, isoDate, market, responseMeta, workspaceQuery } from './query';

// What a number is made of: a ratio of its two leaves, a sum of its lines, a count of its shoppers or baskets.

/** A number of an answer: the question as it was asked, and which of its rows. */
const asked = {
  from: isoDate,
  to: isoDate,
  filters: filters.default({}),
  by: breakdown.optional(),
  grain: z.enum(grains).optional(),
  compare: comparison.default('none'),
  market: market.optional(),
  /** The row: its member's id, or the key where it has none; null: what belongs to no member. Left out: the total. */
  member: z.string().max(200).nullable().optional(),
  /** First day of the row's period, under a grain. */
  period: isoDate.optional(),
};

/** Which side of a number: its own slice, the market of its share, or everything in its dates and places; now or compared with. */
const side = {
  scope: z.enum(['slice', 'market', 'all']).default('slice'),
  when: z.enum(['now', 'before']).default('now'),
};

interface Asked {
  from: string;
  to: string;
  by?: unknown;
  grain?: unknown;
  member?: unknown;
  period?: unknown;
  scope?: string;
  only?: unknown;
  with?: unknown;
  compare: unknown;
  when?: string;
}

/** Rules between the fields, each with the field that breaks it. */
const rules: [keyof Asked, string, (spec: Asked) => boolean][] = [
  ['to', 'must not be before from', ({ from, to }) => from <= to],
  ['member', 'needs by, the break-down that it is a member of', ({ by, member }) => member === undefined || !!by],
  [
    'with',
    'needs member, the row that it is beside',
    ({ member, with: other }) => other === undefined || member !== undefined,
  ],
  ['period', 'needs grain, which says how long it is', ({ grain, period }) => period === undefined || !!grain],
  [
    'when',
    'before needs compare, the dates that it means',
    ({ when, compare }) => when !== 'before' || compare !== 'none',
  ],
  [
    'only',
    'repeat and sole are of the slice, not of its market',
    ({ only, scope }) => (only !== 'repeat' && only !== 'sole') || scope === 'slice',
  ],
];

function ruled<S extends z.ZodRawShape>(shape: S) {
  return z.strictObject(shape).superRefine((spec, context) => {
    for (const [field, message, holds] of rules) {
      if (!holds(spec as unknown as Asked)) context.addIssue({ code: 'custom', path: [field], message });
    }
  });
}

/**
 * `only`: of the lines those that the sum adds: with a shopper, with a receipt, on promotion, in a store; or purchases alone.
 * `of`: those of shoppers or stores with a purchase among the lines, or in the slice, whichever side is listed.
 */
export const linesSpec = ruled({
  ...asked,
  ...side,
  only: z.enum(['identified', 'with_basket', 'promoted', 'in_store', 'purchases']).optional(),
  of: z.enum(['buyers', 'slice_buyers', 'stores', 'slice_stores']).optional(),
});
/** `only`: baskets of identified shoppers. `with`: those that hold a purchase of this other row, too. */
export const basketsSpec = ruled({
  ...asked,
  ...side,
  only: z.enum(['identified']).optional(),
  with: asked.member.unwrap().unwrap().optional(),
});
/**
 * `only`: of the buyers of the slice those who bought on two trips or more, or nothing else of its market; of the market those
 * in its sales, which a filter of promotions cuts (the buyers of a base are counted whatever they paid).
 */
export const shoppersSpec = ruled({ ...asked, ...side, only: z.enum(['repeat', 'sole', 'in_sales']).optional() });
export const leavesSpec = ruled({ metric: z.enum(metricIds), ...asked });
export type LinesSpec = z.output<typeof linesSpec>;
export type BasketsSpec = z.output<typeof basketsSpec>;
export type BasketsInput = z.input<typeof basketsSpec>;
export type ShoppersSpec = z.output<typeof shoppersSpec>;
export type LeavesSpec = z.output<typeof leavesSpec>;
export type DrillSpec = ShoppersSpec;
export type LeavesInput = z.input<typeof leavesSpec>;

/** The dates that are listed; null where there are none to compare with. */
export const listedRange = z.object({ from: z.string(), to: z.string() }).nullable();

export const readLeaves = endpoint({
  id: 'readLeaves',
  method: 'GET',
  path: '/v1/leaves',
  tag: 'Query',
  access: 'viewer',
  summary: 'The two sums or counts that a number of a row is made of',
  query: workspaceQuery.extend({ q: jsonText.pipe(leavesSpec) }),
  response: z.object({
    leaves: z.array(
      z.object({
        label: z.string(),
        unit: z.enum(units),
        value: z.number().nullable(),
        previous: z.number().nullable().optional(),
      }),
    ),
    meta: responseMeta,
  }),
});
