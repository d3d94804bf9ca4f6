import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import { mapping as mappingShape } from '@/lib/contract/imports';
import { importReport } from '@/lib/contract/report';
import { loadPool } from '@/lib/db/pool';
import { anyDateReader } from '@/lib/values/date';
import { settledDates } from './date-reader';
import { lineRules, repeatOf } from './read-file';
import { lineReader } from './read-line';
import { memberReader } from './read-member';
import { readingOf, subjectColumns, type Subject } from './reading-of';
import type { Fault } from './row';
import { Row } from './take-rows';

interface Asked {
  workspaceId: number;
  importId: number;
  row: number;
  cells: string[];
}

/** What a row with these cells would be rejected for, read as the last check has read the file. */
export async function tryRow({ workspaceId, importId, row: no, cells }: Asked): Promise<Fault[]> {
  const { rows } = await loadPool.query<Subject & { mapping: unknown; report: unknown }>(
    `SELECT ${subjectColumns}, i.mapping, i.report FROM import i JOIN workspace w ON w.id = i.workspace_id
     WHERE i.workspace_id = $1 AND i.id = $2`,
    [workspaceId, importId],
  );
  const [subject] = rows;
  if (!subject) throw new ApiError('not_found', `There is no import ${importId}.`);
  const mapping = mappingShape.safeParse(subject.mapping).data;
  if (!mapping) throw new ApiError('conflict', `The file of import ${importId} has not been read.`);
  const { kind } = subject;
  const { reading } = await readingOf(workspaceId, subject, kind, mapping);
  const row = new Row();
  const fields = reading.fill?.(cells) ?? cells;
  if (kind === 'transactions') {
    const read = importReport.safeParse(subject.report).data?.read;
    const readDate = settledDates(reading) ?? anyDateReader(read?.dateOrder ?? null);
    lineReader(
      lineRules(reading, readDate, row, {
        currency: read?.currency ?? null,
        promotion: true,
      }),
    )(fields);
    return row.faults;
  }
  const found = memberReader(kind, reading.mapping, reading.columns, row.faults, row.warn)(fields);
  if (!found) return row.faults;
  const { rows: staged } = await loadPool.query<{ first: number }>(
    `SELECT row_no AS first FROM staged_member WHERE workspace_id = $1 AND import_id = $2 AND code = $3 AND row_no <> $4`,
    [workspaceId, importId, found.code, no],
  );
  return staged.map(({ first }) => repeatOf(reading)({ row: no, first, same: false }));
}
