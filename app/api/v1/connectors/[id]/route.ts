import { getConnector as read } from '@/lib/connectors/list';
import { changeConnector as change, deleteConnector as remove } from '@/lib/connectors/save';
import { changeConnector, deleteConnector, getConnector } from '@/lib/contract/connectors';
import { handle } from '@/lib/http/handle';

export const GET = handle(getConnector, ({ params, workspace }) => read(workspace.id, params.id));

export const PATCH = handle(changeConnector, ({ params, body, workspace, user }) =>
  change({ workspaceId: workspace.id, userId: user.id }, params.id, body),
);

export const DELETE = handle(deleteConnector, async ({ params, workspace, user }) => {
  await remove({ workspaceId: workspace.id, userId: user.id }, params.id);
  return { deleted: true as const };
});
