import { seesRows } from '@/lib/access/permit';
import { discardImport, getImport } from '@/lib/contract/imports';
import { handle } from '@/lib/http/handle';
import { discard } from '@/lib/ingest/discard';
import { readImport, withoutRows } from '@/lib/ingest/read';

export const GET = handle(getImport, async ({ params, workspace, scope }) => {
  const detail = await readImport(workspace.id, params.id);
  return seesRows(workspace.role, scope) ? detail : withoutRows(detail);
});

export const DELETE = handle(discardImport, async ({ params, workspace, user }) => {
  await discard({ workspaceId: workspace.id, importId: params.id, userId: user.id });
  return readImport(workspace.id, params.id);
});
