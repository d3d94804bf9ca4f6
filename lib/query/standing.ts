import 'server-only';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import { readFacts, type Facts } from './facts';
import { readTree, type Tree } from './tree';

/** What holds of a workspace while its data and its settings stand: looked up once, not with every question. */
export interface Standing {
  facts: Facts;
  tree: Tree;
  /** Ids that were looked up and are there, as "dimension id". */
  ids: Set<string>;
}

interface Kept extends Standing {
  stamp: string;
  promotion: boolean;
}

const keep = globalThis as { brandlensStanding?: Map<number, Kept> };
const standings = (keep.brandlensStanding ??= new Map());
/** Beyond so many workspaces the one longest not asked about is dropped. */
const most = 200;

/** `promotion` as for `readFacts`. The stamp moves with every publish, and with every change of the workspace itself. */
export async function readStanding(snapshot: Snapshot, workspaceId: number, promotion: boolean): Promise<Standing> {
  const [row] = await snapshot.$queryRaw<{ stamp: string }[]>(
    sql.sql`SELECT data_version || ' ' || xmin::text AS stamp FROM workspace WHERE id = ${workspaceId}::int`,
  );
  const stamp = row?.stamp ?? '';
  let standing = standings.get(workspaceId);
  if (standing?.stamp !== stamp || (promotion && !standing.promotion)) {
    standing = {
      stamp,
      promotion,
      facts: await readFacts(snapshot, workspaceId, promotion),
      tree: await readTree(snapshot, workspaceId),
      ids: new Set(),
    };
  }
  standings.delete(workspaceId);
  standings.set(workspaceId, standing);
  for (const oldest of standings.keys()) {
    if (standings.size <= most) break;
    standings.delete(oldest);
  }
  return standing;
}
