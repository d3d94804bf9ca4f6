import { may } from '@/lib/access/permit';
import { exportCsv } from '@/lib/contract/export';
import { asCsv } from '@/lib/export/csv';
import { openExport } from '@/lib/export/pages';
import { handle } from '@/lib/http/handle';
import { streamed } from '@/lib/http/streamed';

export const GET = handle(exportCsv, async ({ query: { workspace: _, ...query }, workspace }) => {
  const shoppers = may(workspace.role, 'analyst');
  const pages = await openExport({ ...query, workspaceId: workspace.id, shoppers });
  return streamed(asCsv(pages), 'text/csv; charset=utf-8', `${workspace.slug}-${query.of}.csv`);
});
