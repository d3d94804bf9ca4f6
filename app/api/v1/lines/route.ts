import { may } from '@/lib/access/permit';
import { listLines } from '@/lib/contract/lines';
import { handle } from '@/lib/http/handle';
import { listLines as list } from '@/lib/query/list-lines';

export const GET = handle(listLines, ({ query: { q, limit, cursor }, workspace }) =>
  list(workspace.id, q, { limit, cursor, shoppers: may(workspace.role, 'analyst') }),
);
