import 'server-only';
import type { CalendarSettings } from '@/lib/contract/calendar';
import type { Clock } from '@/lib/contract/clock';
import { changeWorkspace } from './change-workspace';

type Settings = CalendarSettings & Clock;
type Given = Partial<{ [Name in keyof Settings]: Settings[Name] | undefined }>;

const columns = (given: Given): [column: string, value: string | number | null][] => {
  const { weekStart, fiscalYearStart, retail, timeZone, dayStart } = given;
  return [
    ...(weekStart === undefined ? [] : [['week_start', weekStart] as [string, number]]),
    ...(fiscalYearStart === undefined ? [] : [['fiscal_year_start', fiscalYearStart] as [string, number]]),
    ...(retail === undefined ? [] : [['retail_pattern', retail?.pattern ?? null] as [string, string | null]]),
    ...(timeZone === undefined ? [] : [['time_zone', timeZone] as [string, string | null]]),
    ...(dayStart === undefined ? [] : [['day_start', dayStart] as [string, number]]),
    ...(retail ? [['retail_year_end', retail.yearEnd] as [string, string]] : []),
  ];
};

interface Change {
  workspaceId: number;
  userId: string;
  /** What is left out stays as it is. */
  calendar: Given;
}

/** Sets what the periods of a workspace are, and its days; answers the data version from which on it holds. */
export const setCalendar = ({ workspaceId, userId, calendar }: Change): Promise<number> =>
  changeWorkspace({ workspaceId, userId, setting: 'calendar', detail: { ...calendar }, set: columns(calendar) });
