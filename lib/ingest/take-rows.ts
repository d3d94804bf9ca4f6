import { readingOf } from '@/lib/tables/detect';
import { plainLines, type TakePlain } from './plain-lines';
import { PlainRow } from './plain-row';
import type { Reading } from './reading';
import { lineReader, type LineRules } from './read-line';
import { memberReader } from './read-member';
import type { FileRecord } from '@/lib/tables/record';
import type { Fault, WarningRule } from './row';
import type { Stage } from './stage';
import type { Tally } from './tally';

/** Stages a record of the right width and sees to it that it is counted; false, and the faults, when it cannot be taken. */
type Taker = (record: FileRecord) => boolean;

/** The row in hand: what is wrong with it, and what is odd. */
export class Row {
  readonly faults: Fault[] = [];
  readonly warned: WarningRule[] = [];
  readonly warn = (rule: WarningRule): void => void this.warned.push(rule);

  clear(): void {
    this.faults.length = 0;
    this.warned.length = 0;
  }
}

export function takeLines(rules: LineRules, { warned }: Row, tally: Tally, stage: Stage): Taker {
  const read = lineReader(rules);
  return ({ row, fields }) => {
    const line = read(fields);
    if (line === null) return false;
    stage.line(row, line);
    tally.addLine(line);
    tally.accept(row, warned);
    return true;
  };
}

/** Takes lines that are plain, which most are, without more ado; null where the file has none such. */
export function plainTaker(
  { detected, fill, fixer }: Reading,
  rules: LineRules,
  tally: Tally,
  stage: Stage,
): TakePlain | null {
  const { dialect, table } = readingOf(detected);
  const row = fill ? null : PlainRow.of(detected.columns.length, dialect, table, rules.mapping.decimal);
  return row && plainLines(rules, row, stage.lines, tally, fixer);
}

export function takeMembers(reading: Reading, { faults, warned, warn }: Row, stage: Stage): Taker {
  const { kind, mapping, columns } = reading;
  const read = memberReader(kind === 'products' ? 'products' : 'stores', mapping, columns, faults, warn);
  return ({ row, fields, raw }) => {
    const found = read(fields);
    if (found === null) return false;
    stage.member({ row, raw, ...found, warned: [...warned] });
    return true;
  };
}
