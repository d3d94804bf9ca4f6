import { answerWorkspace } from '@/lib/cache/workspace';
import { getWorkspace } from '@/lib/contract/workspaces';
import { handle } from '@/lib/http/handle';

// No ETag: the last verification moves without the data version.
export const GET = handle(getWorkspace, async ({ workspace, query }) => {
  return (await answerWorkspace(workspace, query.minVersion)).data;
});
