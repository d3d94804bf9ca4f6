import type { QueryRow } from '@/lib/contract/query';
import { metricOf, type MetricId } from '@/lib/metrics/catalog';
import { changeOf, contributionOf, metricValue, shareOfGrowth, type Leaves, type Scoped } from '@/lib/metrics/compute';
import type { Grain } from '@/lib/metrics/calendar';
import { endOf } from '@/lib/metrics/periods';
import type { Gathered } from './gather';
import type { Named } from './names';
import { contributes } from './order';
import { heldBy } from './facts';
import type { Resolved } from './resolve';

type Values = QueryRow['values'];

const sumOf = (id: MetricId, leaves: Leaves | null | undefined): number | null =>
  leaves ? (id === 'value_sales' ? leaves.sums.amount : leaves.sums.units) : null;

export interface RowFrame {
  resolved: Resolved;
  metrics: readonly MetricId[];
  /** Metrics that the data cannot give: their values stay null. */
  unavailable: ReadonlyMap<MetricId, string>;
  /** Whether a period is incomplete, where that was told before: many rows share each. */
  incomplete: Map<string, boolean>;
}

function valuesOf({ metrics, unavailable }: RowFrame, scoped: Scoped | null): Values {
  const values: Values = {};
  for (const id of metrics) values[id] = scoped && !unavailable.has(id) ? metricValue(metricOf(id), scoped) : null;
  return values;
}

export function buildRow(frame: RowFrame, row: Gathered, member: Named | null): QueryRow {
  const { resolved, metrics, unavailable, incomplete } = frame;
  const { before, facts } = resolved;
  const values = valuesOf(frame, row.now);
  const key = member && member.id === null && row.key !== null ? { key: row.key } : {};
  const built: QueryRow = { member: member && { ...member, ...key }, period: row.period, values };
  const { grain } = resolved.spec;
  if (row.period !== null && grain) {
    const told = incomplete.get(row.period) ?? isIncomplete(row.period, grain, resolved);
    incomplete.set(row.period, told);
    if (told) built.incomplete = true;
  }
  if (before) {
    const previous = valuesOf(frame, row.before);
    built.previous = previous;
    if (row.before?.slice && !row.even) built.uneven = true;
    built.change = Object.fromEntries(
      metrics.map((id) => [id, row.even ? changeOf(metricOf(id), values[id] ?? null, previous[id] ?? null) : null]),
    );
    addContributions(built, row, metrics);
  }
  const buyers = row.now.slice?.shoppers ?? null;
  const low = metrics.filter((id) => metricOf(id).shopper && !unavailable.has(id));
  if (low.length > 0 && buyers !== null && buyers < facts.lowBase) built.lowBase = low;
  return built;
}

function addContributions(built: QueryRow, row: Gathered, metrics: readonly MetricId[]): void {
  const sums = metrics.filter(contributes);
  if (sums.length === 0) return;
  const [after, before] = row.even ? [row.now, row.before] : [null, null];
  const each = sums.map((id) => {
    const [now, then] = [sumOf(id, after?.slice), sumOf(id, before?.slice)];
    const [marketNow, marketThen] = [sumOf(id, after?.market), sumOf(id, before?.market)];
    return {
      id,
      contribution: contributionOf(now, then, marketThen),
      share: shareOfGrowth(now, then, marketNow, marketThen),
    };
  });
  built.contribution = Object.fromEntries(each.map(({ id, contribution }) => [id, contribution]));
  built.shareOfGrowth = Object.fromEntries(each.map(({ id, share }) => [id, share]));
}

/** Cut by the asked range or by the ends of the data; of weekly data a week is whole with its one date. */
export function isIncomplete(period: string, grain: Grain, resolved: Pick<Resolved, 'range' | 'facts'>): boolean {
  const { range, facts } = resolved;
  const data = heldBy(facts);
  return data !== null && (period < range.from || period < data.from || isUnended(period, grain, resolved));
}

export function isUnended(period: string, grain: Grain, { range, facts }: Pick<Resolved, 'range' | 'facts'>): boolean {
  const data = heldBy(facts);
  if (!data) return false;
  const end = endOf(grain, period, facts.calendar);
  return end > range.to || end > data.to;
}
