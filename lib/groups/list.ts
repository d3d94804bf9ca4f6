import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { CustomGroup, GroupKind, GroupRule } from '@/lib/contract/groups';
import { sql } from '@/lib/db/client';
import { inSnapshot } from '@/lib/db/snapshot';
import { contains, readPage, type ListQuery, type Page } from '@/lib/dimensions/page';
import { readMembers } from '@/lib/query/groups';
import { readTree } from '@/lib/query/tree';

interface Row {
  id: number;
  name: string;
  kind: GroupKind;
  rule: GroupRule;
  changed_at: Date;
}

/** A page of groups by name, each with the number of members that its rule finds now. */
export function listGroups(
  workspaceId: number,
  query: ListQuery & { as?: 'brand' | 'region' | undefined },
): Promise<Page<CustomGroup>> {
  return inSnapshot(async (snapshot) => {
    const page = await readPage<Row, Row>(
      snapshot,
      {
        columns: sql.sql`g.id, g.name, g.kind, g.rule, g.changed_at`,
        from: sql.sql`custom_group g`,
        where: [
          sql.sql`g.workspace_id = ${workspaceId}::int`,
          query.as ? sql.sql`(g.kind = 'store') = ${query.as === 'region'}` : null,
          contains(sql.sql`g.name`, query.search),
        ],
        order: sql.sql`g.name`,
        id: sql.sql`g.id`,
      },
      query,
      (row) => row,
    );
    const tree = await readTree(snapshot, workspaceId);
    const items: CustomGroup[] = [];
    for (const { id, name, kind, rule, changed_at } of page.items) {
      const members = (await readMembers(snapshot, workspaceId, tree, kind, rule)).length;
      items.push({ id, name, kind, rule, members, changedAt: changed_at.toISOString() });
    }
    return { ...page, items };
  });
}

export async function getGroup(workspaceId: number, id: number): Promise<CustomGroup> {
  const { items } = await listGroups(workspaceId, { ids: [id], limit: 1 });
  if (items[0]) return items[0];
  throw new ApiError('not_found', `There is no group ${id}.`);
}
