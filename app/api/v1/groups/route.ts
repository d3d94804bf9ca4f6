import { noteVersion } from '@/lib/cache/data-version';
import { createGroup, listGroups } from '@/lib/contract/groups';
import { getGroup, listGroups as list } from '@/lib/groups/list';
import { createGroup as create } from '@/lib/groups/save';
import { handle } from '@/lib/http/handle';

export const GET = handle(listGroups, ({ query, workspace: { id } }) => list(id, query));

export const POST = handle(createGroup, async ({ body, user, workspace: { id: workspaceId } }) => {
  const { id, dataVersion } = await create({ workspaceId, userId: user.id }, body);
  noteVersion(workspaceId, dataVersion, { groups: true });
  return getGroup(workspaceId, id);
});
