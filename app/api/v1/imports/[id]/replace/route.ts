import { replaceImport } from '@/lib/contract/replacing';
import { handle } from '@/lib/http/handle';
import { readImport } from '@/lib/ingest/read';
import { requestReplace } from '@/lib/jobs/request';

export const POST = handle(replaceImport, async ({ params, workspace, user }) => {
  await requestReplace({ workspaceId: workspace.id, importId: params.id, userId: user.id });
  return readImport(workspace.id, params.id);
});
