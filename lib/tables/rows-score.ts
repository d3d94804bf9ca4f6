import { isFigure, likeness } from './cell-kinds';
import { UNCLOSED } from './quotes';
import type { FileRecord } from './record';

// How much the rows that a dialect gives look like those of a table.

/** What a single column counts for; two columns of rows all alike count 0.5. */
const SINGLE = 0.3;

/** Rows of one shape count for more the more there are of them and the wider they are. */
export function patternScore(records: FileRecord[]): number {
  const shapes = new Map<number, number>();
  for (const { fields } of records) shapes.set(fields.length, (shapes.get(fields.length) ?? 0) + 1);
  if (shapes.size === 1 && shapes.has(1)) return records.length * SINGLE;
  let score = 0;
  let entropy = 0;
  for (const [width, count] of shapes) {
    score += (count * Math.max(width - 1, 0.001)) / width;
    entropy -= (count / records.length) * Math.log(count / records.length);
  }
  return score / Math.sqrt(shapes.size * Math.exp(entropy));
}

function typeScore(records: FileRecord[]): number {
  let cells = 0;
  let known = 0;
  for (const { fields } of records) {
    for (const field of fields) {
      cells += 1;
      known += likeness(field.trim());
    }
  }
  return cells === 0 ? 0 : Math.max(known / cells, 1e-10);
}

/** Columns without any value are between the two characters of a delimiter. */
function fullness(records: FileRecord[]): number {
  const full = new Set<number>();
  let width = 1;
  for (const { fields } of records) {
    width = Math.max(width, fields.length);
    fields.forEach((field, at) => field !== '' && full.add(at));
  }
  return full.size / width;
}

/** Less where records have faults: a quote that never closes is none, one inside of a value may be. */
function soundness(records: FileRecord[]): number {
  let faults = 0;
  for (const { fault } of records) if (fault !== null) faults += fault === UNCLOSED ? 0.9 : 0.3;
  return 1 - faults / Math.max(records.length, 1);
}

/** Blanks between words alone are part of a name or a sentence more often than they set apart; those between codes are not. */
function areWords(records: FileRecord[]): boolean {
  const width = records[0]?.fields.length ?? 0;
  const steady = width > 2 && records.every(({ fields }) => fields.length === width);
  // Blanks inside of values are quoted: the others are none of a value.
  const isOne = (field: string): boolean =>
    isFigure(field) || (steady && /\d/.test(field)) || field.trim().includes(' ');
  return records.filter(({ fields }) => fields.some(isOne)).length < records.length / 2;
}

/** Names that blanks cut are cut in the header, too. */
const onlyBelow = ([first, ...rest]: FileRecord[]): boolean =>
  first?.fields.length === 1 && rest.length > 0 && rest.every(({ fields }) => fields.length > 1);

const FEWEST = 5;
/** Without the titles above a table whose rows are all alike, whatever signs they hold; a single line may be its header. */
function belowTitles(records: FileRecord[]): FileRecord[] {
  const width = records.at(-1)?.fields.length ?? 0;
  const start = records.findLastIndex(({ fields }) => fields.length !== width) + 1;
  const rows = records.slice(start);
  return start > 1 && width > 2 && rows.length >= Math.max(FEWEST, start) ? rows : records;
}

/** The rows' score, for a delimiter of this rank; `titled`: titles may stand above them. */
export const scoreOf = (records: FileRecord[], rank: number, titled = true): number => {
  const rows = titled ? belowTitles(records) : records;
  return [patternScore, typeScore, fullness, soundness].reduce((product, measure) => product * measure(rows), rank);
};

/** What is left of a blank's rank as the delimiter of these rows. */
export const blankRank = (records: FileRecord[], rank: number): number =>
  rank * (onlyBelow(records) ? 0.3 : areWords(records) ? 0.5 : 1);
