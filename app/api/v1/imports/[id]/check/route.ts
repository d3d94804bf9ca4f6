import { checkImport } from '@/lib/contract/imports';
import { handle } from '@/lib/http/handle';
import { readImport } from '@/lib/ingest/read';
import { requestCheck } from '@/lib/jobs/request';

export const POST = handle(checkImport, async ({ params, body: { kind, mapping }, workspace, user }) => {
  const asked = { workspaceId: workspace.id, importId: params.id, userId: user.id, mapping };
  await requestCheck({ ...asked, ...(kind && { kind }) });
  return readImport(workspace.id, params.id);
});
