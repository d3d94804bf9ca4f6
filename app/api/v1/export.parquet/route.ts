import { may } from '@/lib/access/permit';
import { exportParquet } from '@/lib/contract/export';
import { asParquet } from '@/lib/export/parquet';
import { openExport } from '@/lib/export/pages';
import { handle } from '@/lib/http/handle';
import { streamed } from '@/lib/http/streamed';

export const GET = handle(exportParquet, async ({ query: { workspace: _, ...query }, workspace }) => {
  const shoppers = may(workspace.role, 'analyst');
  const pages = await openExport({ ...query, workspaceId: workspace.id, shoppers });
  return streamed(asParquet(pages), 'application/vnd.apache.parquet', `${workspace.slug}-${query.of}.parquet`);
});
