import { setBases } from '@/lib/access/set-bases';
import { updateBases } from '@/lib/contract/workspaces';
import { handle } from '@/lib/http/handle';
import { noteVersion } from '@/lib/cache/data-version';

export const PATCH = handle(updateBases, async ({ workspace, user, body }) => {
  const dataVersion = await setBases({ workspaceId: workspace.id, userId: user.id, bases: body });
  noteVersion(workspace.id, dataVersion);
  return { dataVersion };
});
