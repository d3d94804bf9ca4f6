import { pauseImport } from '@/lib/contract/imports';
import { handle } from '@/lib/http/handle';
import { pause } from '@/lib/ingest/halt';
import { readImport } from '@/lib/ingest/read';

export const POST = handle(pauseImport, async ({ params, workspace, user }) => {
  await pause({ workspaceId: workspace.id, importId: params.id, userId: user.id });
  return readImport(workspace.id, params.id);
});
