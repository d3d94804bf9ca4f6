import type { LinesSpec } from '@/lib/contract/lines';
import type { QueryResponse, QueryRow } from '@/lib/contract/query';

const listed = [
  'manufacturer',
  'brand',
  'category',
  'product',
  'region',
  'channel',
  'store',
  'group',
  'store_group',
] as const;
type Listed = (typeof listed)[number];
const isListed = (by: string): by is Listed => (listed as readonly string[]).includes(by);

/**
 * The lines under a number: those of its answer's slice and, for a row, of its member. Null where the row has no lines of
 * its own that a filter names: a period, an attribute, what belongs to no member.
 */
export function linesUnder({ meta }: QueryResponse, row?: QueryRow): LinesSpec | null {
  if (!meta.slice || row?.period) return null;
  const { by } = meta.slice;
  const all: LinesSpec = { ...meta.range, filters: meta.slice.filters };
  if (!row?.member) return all;
  if (!by || !isListed(by) || row.member.id === null) return null;
  return { ...all, filters: { ...all.filters, [by]: [row.member.id] } };
}
