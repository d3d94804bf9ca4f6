import type { QueryRow } from '@/lib/contract/query';
import { metricOf, type MetricId } from '@/lib/metrics/catalog';
import { reach } from './plan';
import type { Resolved } from './resolve';

/** What is to be known of a metric's values in these rows. */
export function notesOn(id: MetricId, rows: readonly QueryRow[], resolved: Resolved): string[] {
  const { facts } = resolved;
  const notes: string[] = [];
  if (
    metricOf(id).unit === 'percent' &&
    rows.some(({ values, previous }) => isBeyond(values[id]) || isBeyond(previous?.[id]))
  )
    notes.push('returns exceed sales');
  if (id === 'universe_penetration' && rows.some((row) => row.member && row.values[id] === null))
    notes.push('no universe is set for some of the regions');
  if (rows.some((row) => row.lowBase?.includes(id))) notes.push(`low base: fewer than ${facts.lowBase} buyers`);
  const uneven = rows.some((row) => row.uneven) ? ['no change where only a part of a period can be compared'] : [];
  return [...notes, ...comparisonNotes(resolved), ...uneven];
}

const isBeyond = (percent: number | null | undefined): boolean =>
  typeof percent === 'number' && (percent < 0 || percent > 100);

/** What is to be known of the dates compared, and of the stores. */
export function comparisonNotes({ spec, range, before, facts, toDate, sameStores, slice }: Resolved): string[] {
  const notes = sameStores
    ? [`the same stores: ${slice.stores?.length ?? 0} of ${sameStores.of} sold in every week`]
    : [];
  const { data } = facts;
  if (!before || !data) return notes;
  if (!reach(before, data)) return [...notes, 'the comparison period lies outside the data'];
  if (toDate) notes.push(`compared to date: with as much of the comparison period as there is until ${toDate}`);
  if (before.from < data.from) notes.push(`the data starts on ${data.from}, within the comparison period`);
  if (typeof spec.compare === 'object' && range.to > data.to) {
    notes.push(`the data ends on ${data.to}, within the period`);
  }
  return notes;
}
