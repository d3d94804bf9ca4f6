import { restoreImport } from '@/lib/contract/replacing';
import { handle } from '@/lib/http/handle';
import { readImport } from '@/lib/ingest/read';
import { requestRestore } from '@/lib/jobs/request';

export const POST = handle(restoreImport, async ({ params, workspace, user }) => {
  await requestRestore({ workspaceId: workspace.id, importId: params.id, userId: user.id });
  return readImport(workspace.id, params.id);
});
