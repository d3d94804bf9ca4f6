import { undoCorrections } from '@/lib/contract/corrections';
import { handle } from '@/lib/http/handle';
import { requestUndo } from '@/lib/jobs/request-corrections';

export const POST = handle(undoCorrections, async ({ body: { ids }, user, workspace }) => ({
  items: await requestUndo({ workspaceId: workspace.id, userId: user.id }, ids),
}));
