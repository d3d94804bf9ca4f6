import { createKey as create } from '@/lib/access/create-key';
import { listKeys as list } from '@/lib/access/list-keys';
import { createKey, listKeys } from '@/lib/contract/keys';
import { handle } from '@/lib/http/handle';

export const GET = handle(listKeys, async ({ workspace }) => ({ items: await list(workspace.id) }));

export const POST = handle(createKey, ({ body, workspace, user }) =>
  create({ ...body, workspaceId: workspace.id, userId: user.id }),
);
