import { streamAudit } from '@/lib/audit/list';
import { exportAudit } from '@/lib/contract/audit';
import { handle } from '@/lib/http/handle';
import { streamed } from '@/lib/http/streamed';

export const GET = handle(exportAudit, ({ query, workspace }) =>
  streamed(streamAudit(workspace.id, query), 'text/csv; charset=utf-8', 'audit.csv'),
);
