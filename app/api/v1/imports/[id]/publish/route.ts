import { publishImport } from '@/lib/contract/imports';
import { handle } from '@/lib/http/handle';
import { readImport } from '@/lib/ingest/read';
import { requestPublish } from '@/lib/jobs/request';

export const POST = handle(publishImport, async ({ params, workspace, user }) => {
  await requestPublish({ workspaceId: workspace.id, importId: params.id, userId: user.id });
  return readImport(workspace.id, params.id);
});
