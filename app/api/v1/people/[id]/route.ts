import { addMember, removeMember } from '@/lib/access/change-people';
import { getPerson } from '@/lib/access/list-people';
import { changePerson, removePerson } from '@/lib/contract/people';
import { handle } from '@/lib/http/handle';

export const PATCH = handle(changePerson, async ({ params: { id }, body: { role }, workspace, user }) => {
  await addMember({ workspaceId: workspace.id, userId: id, role, by: user.id, only: 'known' });
  return getPerson(workspace.id, id);
});

export const DELETE = handle(removePerson, async ({ params: { id }, workspace, user }) => {
  await removeMember({ workspaceId: workspace.id, userId: id, by: user.id });
  return { removed: true };
});
