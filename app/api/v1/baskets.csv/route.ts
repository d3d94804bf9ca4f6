import { may } from '@/lib/access/permit';
import { exportBaskets } from '@/lib/contract/counted';
import { handle } from '@/lib/http/handle';
import { streamed } from '@/lib/http/streamed';
import { streamBaskets } from '@/lib/query/list-baskets';

export const GET = handle(exportBaskets, ({ query: { q }, workspace }) =>
  streamed(
    streamBaskets(workspace.id, q, may(workspace.role, 'analyst')),
    'text/csv; charset=utf-8',
    `baskets-${q.from}-${q.to}.csv`,
  ),
);
