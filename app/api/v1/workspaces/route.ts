import { createWorkspace as create } from '@/lib/access/create-workspace';
import { listMemberships, memberOf } from '@/lib/access/workspace';
import { createWorkspace, listWorkspaces } from '@/lib/contract/workspaces';
import { handle } from '@/lib/http/handle';

export const GET = handle(listWorkspaces, async ({ user, workspace }) => {
  // A key has the one workspace that it belongs to.
  const mine = workspace.id ? [workspace] : await listMemberships(user.id);
  return { items: mine.map(({ slug, name, role }) => ({ slug, name, role })) };
});

export const POST = handle(createWorkspace, async ({ user, body }) => {
  const id = await create({ ...body, ownerId: user.id });
  const { slug, name, role } = await memberOf(user.id, id);
  return { slug, name, role };
});
