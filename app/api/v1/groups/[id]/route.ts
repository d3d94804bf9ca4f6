import { noteVersion } from '@/lib/cache/data-version';
import { changeGroup, deleteGroup } from '@/lib/contract/groups';
import { getGroup } from '@/lib/groups/list';
import { changeGroup as change, deleteGroup as remove } from '@/lib/groups/save';
import { handle } from '@/lib/http/handle';

export const PATCH = handle(changeGroup, async ({ params: { id }, body, user, workspace: { id: workspaceId } }) => {
  const { dataVersion } = await change({ workspaceId, userId: user.id }, id, body);
  noteVersion(workspaceId, dataVersion, { groups: true });
  return getGroup(workspaceId, id);
});

export const DELETE = handle(deleteGroup, async ({ params: { id }, user, workspace: { id: workspaceId } }) => {
  const { dataVersion } = await remove({ workspaceId, userId: user.id }, id);
  noteVersion(workspaceId, dataVersion, { groups: true });
  return { deleted: true };
});
