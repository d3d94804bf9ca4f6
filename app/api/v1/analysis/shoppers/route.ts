import { listAnalysisShoppers } from '@/lib/contract/analysis-shoppers';
import { handle } from '@/lib/http/handle';
import { listAnalysisShoppers as list } from '@/lib/study/list-shoppers';

export const GET = handle(listAnalysisShoppers, ({ query: { q, limit, cursor }, workspace }) =>
  list(workspace.id, q, { limit, cursor }),
);
