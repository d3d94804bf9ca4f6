import { setRetention } from '@/lib/access/set-retention';
import { noteVersion } from '@/lib/cache/data-version';
import { updateRetention } from '@/lib/contract/workspaces';
import { handle } from '@/lib/http/handle';

export const PATCH = handle(updateRetention, async ({ workspace, user, body }) => {
  const dataVersion = await setRetention({ workspaceId: workspace.id, userId: user.id, months: body.months });
  noteVersion(workspace.id, dataVersion);
  return { dataVersion };
});
