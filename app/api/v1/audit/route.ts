import { listAudit as list } from '@/lib/audit/list';
import { listAudit } from '@/lib/contract/audit';
import { handle } from '@/lib/http/handle';

export const GET = handle(listAudit, ({ query, workspace }) => list(workspace.id, query));
