import 'server-only';
import { recordAudit } from '@/lib/audit/record';
import type { CalendarSettings } from '@/lib/contract/calendar';
import { ApiError } from '@/lib/contract/errors';
import { loadPool } from '@/lib/db/pool';

type Given = Partial<{ [Name in keyof CalendarSettings]: CalendarSettings[Name] | undefined }>;

const columns = (given: Given): [column: string, value: string | number | null][] => {
  const { weekStart, fiscalYearStart, retail } = given;
  return [
    ...(weekStart === undefined ? [] : [['week_start', weekStart] as [string, number]]),
    ...(fiscalYearStart === undefined ? [] : [['fiscal_year_start', fiscalYearStart] as [string, number]]),
    ...(retail === undefined ? [] : [['retail_pattern', retail?.pattern ?? null] as [string, string | null]]),
    ...(retail ? [['retail_year_end', retail.yearEnd] as [string, string]] : []),
  ];
};

interface Change {
  workspaceId: number;
  userId: string;
  /** What is left out stays as it is. */
  calendar: Given;
}

/** Sets what the periods of a workspace are; answers the data version from which on it holds. */
export async function setCalendar({ workspaceId, userId, calendar }: Change): Promise<number> {
  const set = columns(calendar);
  const client = await loadPool.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SET LOCAL lock_timeout = '2s'`);
    const { rows } = await client.query<{ data_version: string }>(
      `UPDATE workspace SET data_version = data_version + 1, data_changed_at = now()
         ${set.map(([column], index) => `, ${column} = $${index + 2}`).join('')}
       WHERE id = $1 RETURNING data_version`,
      [workspaceId, ...set.map(([, value]) => value)],
    );
    if (!rows[0]) throw new ApiError('not_found', 'There is no such workspace.');
    const detail = { ...calendar };
    await recordAudit(client, { workspaceId, userId, action: 'workspace.calendar', subject: 'calendar', detail });
    await client.query('COMMIT');
    return Number(rows[0].data_version);
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    // A publish holds the workspace until it is done.
    if ((error as { code?: string }).code !== '55P03') throw error;
    throw new ApiError('conflict', 'A file is being published into the workspace; try again when it is done.');
  } finally {
    client.release();
  }
}
