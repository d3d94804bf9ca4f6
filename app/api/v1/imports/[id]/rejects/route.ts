import { seesRows } from '@/lib/access/permit';
import { listRejects } from '@/lib/contract/imports';
import { handle } from '@/lib/http/handle';
import { listRejects as list } from '@/lib/ingest/read';

export const GET = handle(listRejects, ({ params, query, workspace, scope }) =>
  list({ workspaceId: workspace.id, importId: params.id, rows: seesRows(workspace.role, scope) }, query),
);
