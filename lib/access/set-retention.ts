import 'server-only';
import { changeWorkspace } from './change-workspace';

/** Sets for how many months lines are kept; null: for ever. Answers the data version. */
export const setRetention = (change: { workspaceId: number; userId: string; months: number | null }): Promise<number> =>
  changeWorkspace({
    workspaceId: change.workspaceId,
    userId: change.userId,
    setting: 'retention',
    detail: { months: change.months },
    set: [['retention_months', change.months]],
  });
