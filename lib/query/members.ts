import { salesLevels, type MemberKind } from '@/lib/rollups/levels';
import type { Cut } from './cut';
import type { Facts } from './facts';

/** Which rows of a sales rollup hold the cut's members. */
export interface Members {
  kind: MemberKind;
  ids: number[] | null;
  /** What the rows are grouped by. A brand's rows grouped by manufacturer go through the brand. */
  group: 'brand' | 'manufacturer' | null;
}

/** How the cut's members stand in a level: a brand's rows where manufacturers are not kept or don't hold everything. */
export function membersIn(
  cut: Cut,
  source: (typeof salesLevels)[number]['table'],
  { facts }: { facts: Facts },
): Members {
  const kept: readonly MemberKind[] = salesLevels.find((level) => level.table === source)?.members ?? [];
  const manufacturers = kept.includes(1);
  if (cut.key.by === 'brand') return { kind: 2, ids: cut.brands, group: 'brand' };
  if (cut.key.by === 'manufacturer') {
    const complete = cut.manufacturers !== null || (cut.brands === null && facts.manufacturersComplete);
    return manufacturers && complete
      ? { kind: 1, ids: cut.manufacturers, group: 'manufacturer' }
      : { kind: 2, ids: cut.brands, group: 'manufacturer' };
  }
  if (cut.manufacturers !== null && manufacturers) return { kind: 1, ids: cut.manufacturers, group: null };
  return cut.brands === null ? { kind: 0, ids: null, group: null } : { kind: 2, ids: cut.brands, group: null };
}
