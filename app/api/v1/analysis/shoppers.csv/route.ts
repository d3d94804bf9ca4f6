import { exportAnalysisShoppers } from '@/lib/contract/analysis-shoppers';
import { handle } from '@/lib/http/handle';
import { streamed } from '@/lib/http/streamed';
import { streamAnalysisShoppers } from '@/lib/study/list-shoppers';

export const GET = handle(exportAnalysisShoppers, ({ query: { q }, workspace }) =>
  streamed(
    streamAnalysisShoppers(workspace.id, q),
    'text/csv; charset=utf-8',
    `${q.analysis}-shoppers-${q.from}-${q.to}.csv`,
  ),
);
