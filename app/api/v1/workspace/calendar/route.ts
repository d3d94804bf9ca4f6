import { setCalendar } from '@/lib/access/set-calendar';
import { updateCalendar } from '@/lib/contract/workspaces';
import { handle } from '@/lib/http/handle';
import { noteVersion } from '@/lib/cache/data-version';

export const PATCH = handle(updateCalendar, async ({ workspace, user, body }) => {
  const dataVersion = await setCalendar({ workspaceId: workspace.id, userId: user.id, calendar: body });
  noteVersion(workspace.id, dataVersion);
  return { dataVersion };
});
