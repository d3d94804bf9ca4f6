import type { Comparison, Grain, QueryResponse, QueryRow } from '@/lib/contract/query';
import type { MetricId } from '@/lib/metrics/catalog';
import { pairPeriods } from '@/lib/metrics/comparison';
import { periodsOf } from '@/lib/metrics/periods';

// From an answer's rows to points: every period of the range has a place, also one without sales.

export interface Point {
  period: string;
  value: number | null;
  previous: number | null;
  previousPeriod: string | null;
  change: number | null;
  incomplete: boolean;
  /** Not the same part of it and of its comparison is known: there is no change. */
  uneven: boolean;
}

/** One metric over time, beside its comparison. */
export function timePoints(
  response: QueryResponse,
  metric: MetricId,
  grain: Grain,
  compare: Comparison = 'none',
  rows: readonly QueryRow[] = response.totals,
): Point[] {
  const { range, compareRange, calendar } = response.meta;
  const byPeriod = new Map(rows.map((row) => [row.period, row]));
  const pairs = compareRange ? pairPeriods(grain, range, compareRange, compare, calendar) : new Map<string, string>();
  return periodsOf(grain, range, calendar).map((period) => {
    const row = byPeriod.get(period);
    return {
      period,
      value: row?.values[metric] ?? null,
      previous: row?.previous?.[metric] ?? null,
      previousPeriod: pairs.get(period) ?? null,
      change: row?.change?.[metric] ?? null,
      incomplete: row?.incomplete ?? false,
      uneven: row?.uneven ?? false,
    };
  });
}

export interface Member {
  id: number | null;
  name: string;
}

/** A metric by member and period: members in the order they first come, one record a period. */
export function memberSeries(response: QueryResponse, metric: MetricId, grain: Grain) {
  const members = new Map<string, Member>();
  const byPeriod = new Map<string, Record<string, number>>();
  for (const period of periodsOf(grain, response.meta.range, response.meta.calendar)) byPeriod.set(period, {});
  for (const { member, period, values } of response.rows) {
    const value = values[metric];
    if (!member || period === null || typeof value !== 'number') continue;
    const key = keyOf(member);
    if (!members.has(key)) members.set(key, { id: member.id, name: member.name });
    const record = byPeriod.get(period);
    if (record) record[key] = value;
  }
  return { members: [...members], points: [...byPeriod].map(([period, values]) => ({ period, values })) };
}

export const keyOf = ({ id, name }: Member): string => (id === null ? `name:${name}` : `id:${id}`);
