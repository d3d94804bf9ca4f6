import { parseAsInteger, parseAsStringLiteral, type inferParserType } from 'nuqs/server';
import type { View } from '@/lib/client/view';
import { analysisSpec, measures, members, splits, type AnalysisInput } from '@/lib/contract/analyses';
import { grains } from '@/lib/contract/query';
import { analysisOf, type AnalysisId } from '@/lib/metrics/analyses';

// What the page of an analysis asks. The server's prefetch and the page ask by the same function.

export const optionParams = {
  measure: parseAsStringLiteral(measures),
  by: parseAsStringLiteral(splits),
  grain: parseAsStringLiteral(grains),
  weeks: parseAsInteger,
  top: parseAsInteger,
  members: parseAsStringLiteral(members),
};
export type OptionParams = inferParserType<typeof optionParams>;

/** The question of the address; null where the analysis wants a brand and none is filtered. */
export function analysisQuery(id: AnalysisId, view: View, params: OptionParams): AnalysisInput | null {
  const { compares, options, focus } = analysisOf(id);
  const { brand, manufacturer, product, group } = view.filters;
  if (focus === 'brand' && !brand && !manufacturer && !product && !group) return null;
  const asked = {
    analysis: id,
    from: view.range.from,
    to: view.range.to,
    filters: view.filters,
    ...(compares && view.compare !== 'none' && { compare: view.compare }),
    ...(view.sameStores && view.compareRange && { sameStores: view.compareRange }),
  };
  // What an address says too much, such as 999 weeks, is as if it said nothing.
  const given = options.flatMap((name) => {
    const value = params[name];
    return value !== null && analysisSpec.safeParse({ ...asked, [name]: value }).success ? [[name, value]] : [];
  });
  return { ...asked, ...(Object.fromEntries(given) as Partial<AnalysisInput>) };
}
