import { seesRows } from '@/lib/access/permit';
import { discardImport, getImport } from '@/lib/contract/imports';
import { handle } from '@/lib/http/handle';
import { discard } from '@/lib/ingest/discard';
import { readImport, showImport } from '@/lib/ingest/read';

export const GET = handle(getImport, ({ params, workspace, scope }) =>
  showImport(workspace.id, params.id, seesRows(workspace.role, scope)),
);

export const DELETE = handle(discardImport, async ({ params, workspace, user }) => {
  await discard({ workspaceId: workspace.id, importId: params.id, userId: user.id });
  return readImport(workspace.id, params.id);
});
