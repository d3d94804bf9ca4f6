import { z } from 'zod';
import type { BasketsSpec, DrillSpec, LeavesSpec, LinesSpec } from '@/lib/contract/drill';
import { isoDate, type QueryResponse, type QueryRow } from '@/lib/contract/query';
import { analysisIds, type AnalysisId } from '@/lib/metrics/analyses';
import type { Leaf, SumColumn } from '@/lib/metrics/metric';
import type { Range } from '@/lib/metrics/periods';

const isoDates = z.object({ from: isoDate, to: isoDate });

type Asked = Omit<LeavesSpec, 'metric'>;

/** How lists and leaves name a number: the question, and the row; null where the answer does not say what was asked. */
export function askedOf({ meta }: QueryResponse, row?: QueryRow): Asked | null {
  if (!meta.slice) return null;
  const { filters, by, grain, compare = 'none', market } = meta.slice;
  const member = row?.member && (row.member.id === null ? (row.member.key ?? null) : String(row.member.id));
  return {
    ...meta.range,
    filters,
    compare,
    ...(by && { by }),
    ...(grain && { grain }),
    ...(market && { market }),
    ...(row?.member && by && { member: member ?? null }),
    ...(row?.period && grain && { period: row.period }),
  };
}

/** Purchases are counted line by line; returns are in the sums. */
const purchases = (of: string) => (of === 'purchases' ? ({ only: 'purchases' } as const) : {});

const only: Partial<Record<SumColumn, NonNullable<LinesSpec['only']>>> = {
  identifiedAmount: 'identified',
  identifiedUnits: 'identified',
  basketAmount: 'with_basket',
  basketUnits: 'with_basket',
  promotedAmount: 'promoted',
  promotedUnits: 'promoted',
};

export type Drill = { of: 'lines' | 'shoppers' | 'baskets'; q: LinesSpec | BasketsSpec | DrillSpec };

/**
 * What a leaf opens: a sum its lines, a count its shoppers or baskets; null for what is no list of these: a universe, counts
 * of stores, and what stores sell once for each item.
 */
export function drillOf(leaf: Leaf, asked: Asked, when: DrillSpec['when'] = 'now'): Drill | null {
  const { scope } = leaf;
  if (scope === 'promoted') return { of: 'lines', q: { ...asked, scope: 'slice', when, only: 'promoted' } };
  const q = { ...asked, scope, when };
  if ('sum' in leaf) {
    const part = only[leaf.sum];
    return { of: 'lines', q: part ? { ...q, only: part } : q };
  }
  if ('buying' in leaf) {
    if (leaf.buying === 'buyers') return { of: 'shoppers', q: scope === 'market' ? { ...q, only: 'in_sales' } : q };
    if (leaf.buying === 'repeatBuyers') return { of: 'shoppers', q: { ...q, only: 'repeat' } };
    return { of: 'lines', q: { ...q, of: 'buyers', ...purchases(leaf.buying) } };
  }
  if ('requirements' in leaf) {
    if (leaf.requirements === 'soleBuyers') return { of: 'shoppers', q: { ...q, only: 'sole' } };
    return { of: 'lines', q: { ...q, scope: 'market', of: 'slice_buyers', ...purchases(leaf.requirements) } };
  }
  if ('stores' in leaf) {
    if (leaf.stores === 'selling') return null;
    return { of: 'lines', q: { ...q, ...(leaf.stores === 'amount' ? { only: 'in_store' } : { of: 'stores' }) } };
  }
  if ('shelf' in leaf) {
    if (leaf.shelf !== 'commodity' && leaf.shelf !== 'market') return null;
    return { of: 'lines', q: { ...q, scope: leaf.shelf === 'market' ? 'market' : 'all', of: 'slice_stores' } };
  }
  if (!('distinct' in leaf)) return null;
  if (leaf.distinct === 'shoppers') return { of: 'shoppers', q };
  return { of: 'baskets', q: leaf.distinct === 'identifiedTrips' ? { ...q, only: 'identified' } : q };
}

const ofAnalysis = z.object({ analysis: z.enum(analysisIds) });

/** The analysis that a list's address names a number of; null where it is one of a metric. */
export function analysisIn(q: string): AnalysisId | null {
  try {
    return ofAnalysis.safeParse(JSON.parse(q)).data?.analysis ?? null;
  } catch {
    return null;
  }
}

/** The dates that a list is asked for, as its address has them; null where it is none that can be asked. */
export function datesOf(q: string): Range | null {
  try {
    const asked = isoDates.safeParse(JSON.parse(q));
    return asked.success && asked.data.from <= asked.data.to ? asked.data : null;
  } catch {
    return null;
  }
}
