import { tryRow } from '@/lib/contract/fixes';
import { handle } from '@/lib/http/handle';
import { tryRow as faultsOf } from '@/lib/ingest/try-row';

export const POST = handle(tryRow, async ({ params, body, workspace }) => ({
  faults: await faultsOf({ workspaceId: workspace.id, importId: params.id, ...body }),
}));
