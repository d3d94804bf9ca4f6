import { rereadImport } from '@/lib/contract/imports';
import { handle } from '@/lib/http/handle';
import { readImport } from '@/lib/ingest/read';
import { rereadFile } from '@/lib/ingest/reread';

export const POST = handle(rereadImport, async ({ params, body, workspace }) => {
  await rereadFile({ workspaceId: workspace.id, importId: params.id, reading: body });
  return readImport(workspace.id, params.id);
});
