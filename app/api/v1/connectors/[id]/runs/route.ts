import { listRuns } from '@/lib/connectors/list';
import { listConnectorRuns } from '@/lib/contract/connectors';
import { handle } from '@/lib/http/handle';

export const GET = handle(listConnectorRuns, async ({ params, workspace }) => ({
  items: await listRuns(workspace.id, params.id),
}));
