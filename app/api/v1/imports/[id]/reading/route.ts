import { rereadImport } from '@/lib/contract/imports';
import { handle } from '@/lib/http/handle';
import { readImport } from '@/lib/ingest/read';
import { rereadFile } from '@/lib/ingest/reread';
import { requestRead } from '@/lib/jobs/request';

export const POST = handle(rereadImport, async ({ params: { id }, body, workspace, user }) => {
  const [workspaceId, importId] = [workspace.id, id];
  const { kind } = await readImport(workspaceId, importId);
  const later = requestRead({ workspaceId, userId: user.id, kind, reading: body });
  await rereadFile({ workspaceId, importId, userId: user.id, reading: body }, (client) => later(client, importId));
  return readImport(workspaceId, importId);
});
