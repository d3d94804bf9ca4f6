import { listShoppers } from '@/lib/contract/counted';
import { handle } from '@/lib/http/handle';
import { listShoppers as list } from '@/lib/query/list-shoppers';

export const GET = handle(listShoppers, ({ query: { q, limit, cursor }, workspace }) =>
  list(workspace.id, q, { limit, cursor }),
);
