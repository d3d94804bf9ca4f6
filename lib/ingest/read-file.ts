import 'server-only';
import { keepPlainText } from '@/lib/tables/join-sheets';
import type { Checkpoint } from './checkpoint';
import { dateReader } from './date-reader';
import type { Reading } from './reading';
import type { ReadDate } from '@/lib/values/date';
import { cutTo } from '@/lib/tables/notes';
import { eachRecord } from './each-record';
import { noteReading, otherDecimalsOf } from './note-reading';
import type { TakePlain } from './plain-lines';
import type { LineRules } from './read-line';
import type { Fault } from './row';
import type { Stage } from './stage';
import type { Repeated } from './stage-members';
import type { TableRow } from '@/lib/tables/table-rows';
import { Row, plainTaker, takeLines, takeMembers } from './take-rows';

/**
 * Reads every row of the file into the stage, accepted or rejected, and counts it; what an earlier check staged, up to the
 * row of `from`, is passed over. Memory stays flat. Asked to stop, it keeps what it has read.
 */
export async function readFile(reading: Reading, from: Checkpoint, stage: Stage): Promise<void> {
  const { tally } = from;
  const { signal } = reading;
  await keepPlainText(reading.path, reading.detected.source);
  const row = new Row();
  const rules =
    reading.kind === 'transactions' ? lineRules(reading, await dateReader(reading, from), row, tally) : null;
  const taken = rules ? takeLines(rules, row, tally, stage) : takeMembers(reading, row, stage);
  const width = reading.detected.columns.length;
  let rows = 0;
  let last = from.row;
  const { fixer, fixes } = reading;
  const onValue = (at: number): void => tally.addFixed(fixes.values[at]!);
  const take = (given: TableRow): void => {
    rows += 1;
    if (given.row <= from.row) return;
    const record = fixer?.apply(given, onValue) ?? given;
    row.clear();
    if (record.mended) row.warn('mended_row');
    if (record.raw.includes('\ufffd')) row.warn('bad_character');
    if (record.fault !== null) row.faults.push({ column: '', reason: record.fault });
    else if (record.fields.length !== width) checkWidth(record, width, row);
    last = record.row;
    if (row.faults.length === 0 && taken(filled(reading, record, row))) return;
    tally.reject(row.faults);
    stage.reject(record.row, row.faults, record.raw);
  };
  const plain = rules && plainTaker(reading, rules, tally, stage);
  const takePlain: TakePlain = (text, start, end, no) => {
    if (no <= from.row || !plain?.(text, start, end, no)) return false;
    rows += 1;
    last = no;
    return true;
  };
  const { blank, after } = await eachRecord(
    { ...reading, fixer: null },
    plain ? { take, takePlain } : { take },
    async (bytes) => {
      if (signal?.aborted) await stage.end({ row: last, tally });
      signal?.throwIfAborted();
      if (stage.full) await stage.flush({ row: last, tally });
      const total = Math.round((rows * reading.size) / Math.max(bytes, 1));
      const name = from.row > 0 && last === from.row ? 'resuming' : 'reading';
      await reading.onProgress?.({ stage: name, done: rows, total: Math.max(rows, total) });
    },
  );
  await stage.end({ row: last, tally });
  noteReading(reading, tally);
  if (blank > 0) tally.warn('blank_row', 'Rows without any value were skipped', null, blank);
  if (after.length > 0) {
    const message = 'Rows that are none of the table, such as totals, notes and comments, were left out';
    tally.warn('below_table', message, after[0]!, after.length);
  }
}

/** The record as its reader takes it. */
const filled = ({ fill }: Reading, record: TableRow, { warn }: Row): TableRow =>
  fill ? { ...record, fields: fill(record.fields, warn) } : record;

function checkWidth({ fields }: TableRow, width: number, row: Row): void {
  if (cutTo(width, fields).length === width) {
    row.warn('extra_fields');
    return;
  }
  const reason = `The row has ${fields.length} fields, the header ${width}; quote values that hold the delimiter`;
  row.faults.push({ column: '', reason, rule: 'The row has not as many fields as the header' });
}

/** How the lines of the file are read; `known`: what rows before have told. */
export const lineRules = (
  reading: Omit<Reading, 'onProgress' | 'signal'>,
  readDate: ReadDate,
  { faults, warn }: Row,
  known: LineRules['known'],
): LineRules => ({
  ...reading,
  home: reading.currency,
  decimals: otherDecimalsOf(reading),
  readDate,
  known,
  faults,
  warn,
});

/** A code's first row counts; another row for it is rejected, whether it says the same or not. */
export function repeatOf({ kind, mapping }: Pick<Reading, 'kind' | 'mapping'>): (again: Repeated) => Fault {
  const member = kind === 'products' ? 'product' : 'store';
  const column = mapping.columns[member] ?? '';
  return ({ first, same }) =>
    same
      ? { column, reason: `The same as row ${first.toLocaleString('en')}`, rule: 'The same as an earlier row' }
      : {
          column,
          reason: `This ${member} is described already by row ${first.toLocaleString('en')}, which counts`,
          rule: 'Described already by an earlier row',
        };
}
