import { resumeImport } from '@/lib/contract/imports';
import { handle } from '@/lib/http/handle';
import { readImport } from '@/lib/ingest/read';
import { requestResume } from '@/lib/jobs/request';

export const POST = handle(resumeImport, async ({ params, workspace, user }) => {
  await requestResume({ workspaceId: workspace.id, importId: params.id, userId: user.id });
  return readImport(workspace.id, params.id);
});
