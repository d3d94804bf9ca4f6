import { seesRows } from '@/lib/access/permit';
import { downloadRejects } from '@/lib/contract/imports';
import { handle } from '@/lib/http/handle';
import { streamed } from '@/lib/http/streamed';
import { streamRejects } from '@/lib/ingest/read';

export const GET = handle(downloadRejects, ({ params, workspace, scope }) =>
  streamed(
    streamRejects({ workspaceId: workspace.id, importId: params.id, rows: seesRows(workspace.role, scope) }),
    'text/csv; charset=utf-8',
    `rejects-${params.id}.csv`,
  ),
);
