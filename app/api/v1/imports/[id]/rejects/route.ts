import { listRejects } from '@/lib/contract/imports';
import { handle } from '@/lib/http/handle';
import { listRejects as list } from '@/lib/ingest/read';

export const GET = handle(listRejects, ({ params, query, workspace }) => list(workspace.id, params.id, query));
