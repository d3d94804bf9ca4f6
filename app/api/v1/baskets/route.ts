import { may } from '@/lib/access/permit';
import { listBaskets } from '@/lib/contract/counted';
import { handle } from '@/lib/http/handle';
import { listBaskets as list } from '@/lib/query/list-baskets';

export const GET = handle(listBaskets, ({ query: { q, limit, cursor }, workspace }) =>
  list(workspace.id, q, { limit, cursor, shoppers: may(workspace.role, 'analyst') }),
);
