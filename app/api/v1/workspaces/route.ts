import { createWorkspace as create } from '@/lib/access/create-workspace';
import { listMemberships, memberOf } from '@/lib/access/workspace';
import { createWorkspace, listWorkspaces } from '@/lib/contract/workspaces';
import { handle } from '@/lib/http/handle';

export const GET = handle(listWorkspaces, async ({ user }) => ({
  items: (await listMemberships(user.id)).map(({ slug, name, role }) => ({ slug, name, role })),
}));

export const POST = handle(createWorkspace, async ({ user, body }) => {
  const id = await create({ ...body, ownerId: user.id });
  const { slug, name, role } = await memberOf(user.id, id);
  return { slug, name, role };
});
