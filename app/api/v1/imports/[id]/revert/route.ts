import { revertImport } from '@/lib/contract/imports';
import { handle } from '@/lib/http/handle';
import { readImport } from '@/lib/ingest/read';
import { requestRevert } from '@/lib/jobs/request';

export const POST = handle(revertImport, async ({ params, workspace, user }) => {
  await requestRevert({ workspaceId: workspace.id, importId: params.id, userId: user.id });
  return readImport(workspace.id, params.id);
});
