import { deleteWorkspace as remove } from '@/lib/access/delete-workspace';
import { answerWorkspace } from '@/lib/cache/workspace';
import { ApiError } from '@/lib/contract/errors';
import { deleteWorkspace, getWorkspace } from '@/lib/contract/workspaces';
import { handle } from '@/lib/http/handle';

// No ETag: the last verification moves without the data version.
export const GET = handle(getWorkspace, async ({ workspace, query }) => {
  return (await answerWorkspace(workspace, query.minVersion)).data;
});

export const DELETE = handle(deleteWorkspace, async ({ workspace, user, query }) => {
  if (query.confirm !== workspace.slug)
    throw new ApiError('invalid_request', 'The workspace is not deleted.', [
      { field: 'confirm', message: `must be ${workspace.slug}, the name of the workspace in addresses` },
    ]);
  await remove(workspace.id, user.id);
  return { deleted: true };
});
