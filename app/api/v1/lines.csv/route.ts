import { may } from '@/lib/access/permit';
import { exportLines } from '@/lib/contract/lines';
import { handle } from '@/lib/http/handle';
import { streamed } from '@/lib/http/streamed';
import { streamLines } from '@/lib/query/list-lines';

export const GET = handle(exportLines, ({ query: { q }, workspace }) =>
  streamed(
    streamLines(workspace.id, q, may(workspace.role, 'analyst')),
    'text/csv; charset=utf-8',
    `lines-${q.from}-${q.to}.csv`,
  ),
);
