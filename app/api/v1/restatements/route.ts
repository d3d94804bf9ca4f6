import { listRestatements } from '@/lib/contract/replacing';
import { handle } from '@/lib/http/handle';
import { listRestatements as list } from '@/lib/ingest/list-restatements';

export const GET = handle(listRestatements, ({ query, workspace }) => list(workspace.id, query));
