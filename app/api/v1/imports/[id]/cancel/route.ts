import { cancelImport } from '@/lib/contract/imports';
import { handle } from '@/lib/http/handle';
import { cancel } from '@/lib/ingest/halt';
import { readImport } from '@/lib/ingest/read';

export const POST = handle(cancelImport, async ({ params, workspace, user }) => {
  await cancel({ workspaceId: workspace.id, importId: params.id, userId: user.id });
  return readImport(workspace.id, params.id);
});
