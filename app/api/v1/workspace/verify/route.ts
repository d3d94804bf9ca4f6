import { verifyRollups } from '@/lib/contract/workspaces';
import { handle } from '@/lib/http/handle';
import { requestVerify } from '@/lib/jobs/request';

export const POST = handle(verifyRollups, async ({ workspace }) => {
  await requestVerify({ workspaceId: workspace.id });
  return { started: true };
});
