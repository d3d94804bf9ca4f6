import { addMember } from '@/lib/access/change-people';
import { findAccount, getPerson, listPeople as list } from '@/lib/access/list-people';
import { addPerson, listPeople } from '@/lib/contract/people';
import { handle } from '@/lib/http/handle';

export const GET = handle(listPeople, async ({ workspace }) => ({ items: await list(workspace.id) }));

export const POST = handle(addPerson, async ({ body: { email, role }, workspace, user }) => {
  const userId = await findAccount(email);
  await addMember({ workspaceId: workspace.id, userId, role, by: user.id, only: 'new' });
  return getPerson(workspace.id, userId);
});
