import { fixImport, listFixes } from '@/lib/contract/fixes';
import { handle } from '@/lib/http/handle';
import { listFixes as list } from '@/lib/ingest/fix';
import { readImport } from '@/lib/ingest/read';
import { requestFix } from '@/lib/jobs/request';

export const GET = handle(listFixes, ({ params, workspace }) => list(workspace.id, params.id));

export const POST = handle(fixImport, async ({ params, body: fixes, workspace, user }) => {
  await requestFix({ workspaceId: workspace.id, importId: params.id, userId: user.id, fixes });
  return readImport(workspace.id, params.id);
});
