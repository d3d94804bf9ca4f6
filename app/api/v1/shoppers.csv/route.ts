import { exportShoppers } from '@/lib/contract/counted';
import { handle } from '@/lib/http/handle';
import { streamed } from '@/lib/http/streamed';
import { streamShoppers } from '@/lib/query/list-shoppers';

export const GET = handle(exportShoppers, ({ query: { q }, workspace }) =>
  streamed(streamShoppers(workspace.id, q), 'text/csv; charset=utf-8', `shoppers-${q.from}-${q.to}.csv`),
);
