import { applyCorrections } from '@/lib/contract/corrections';
import { handle } from '@/lib/http/handle';
import { requestApply } from '@/lib/jobs/request-corrections';

export const POST = handle(applyCorrections, async ({ user, workspace }) => ({
  items: await requestApply({ workspaceId: workspace.id, userId: user.id }),
}));
