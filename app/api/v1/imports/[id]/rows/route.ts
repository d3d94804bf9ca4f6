import { seesRows } from '@/lib/access/permit';
import { listImportRows } from '@/lib/contract/import-rows';
import { handle } from '@/lib/http/handle';
import { listRows } from '@/lib/ingest/list-rows';

export const GET = handle(listImportRows, ({ params, query, workspace, scope }) => {
  const { problem, ...page } = query;
  const rows = seesRows(workspace.role, scope);
  return listRows({ workspaceId: workspace.id, importId: params.id, rows, problem }, page);
});
