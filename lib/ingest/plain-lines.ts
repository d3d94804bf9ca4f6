import type { Field } from '@/lib/contract/imports';
import { cellOf } from './copy-rows';
import { parseFlag, parseReturn } from '@/lib/values/flag';
import type { Fixer } from './fixer';
import { dayOf, type Described, type LineRows, type TextColumn } from './line-rows';
import { PlainMoney } from './plain-money';
import type { PlainRow } from './plain-row';
import { promotionBits } from './promotion-bits';
import { LEVEL, attributesOf, placeOfCurrency, type LineRules } from './read-line';
import { Recall } from './recall';
import { LONGEST_TEXT, cleanText } from './row';
import type { Tally } from './tally';

const [SPACE, APOSTROPHE, ZERO, ONE] = [0x20, 0x27, 0x30, 0x31];
const HOUR = 3_600;
// Looked up once: what is imported is looked up at each use, and rows are many.
const [longest, clean, readFlag, readReturn] = [LONGEST_TEXT, cleanText, parseFlag, parseReturn];
/** Characters of a day, and of a day with a time of day. */
const [DAY, MOMENT] = [10, 19];

interface Day {
  date: string;
  /** Since 2000. */
  number: number;
}

/** Takes the row that stands there in the text; false, and nothing is done, where it has to be read with more care. */
export type TakePlain = (text: string, start: number, end: number, no: number) => boolean;

/**
 * Reads plain rows without any odd thing about them straight from the text into staged rows: they come out as `lineReader` reads
 * them, in a fifth of the time. Null where the mapping asks for more.
 */
export function plainLines(
  rules: LineRules,
  row: PlainRow,
  rows: LineRows,
  tally: Tally,
  fixer: Fixer | null = null,
): TakePlain | null {
  const { mapping, columns, clock } = rules;
  const at = (field: Field): number => {
    const column = mapping.columns[field] ?? '';
    return column === '' ? -1 : columns.indexOf(column);
  };
  if (
    rules.decimals.size > 0 ||
    Object.keys(mapping.made).length > 0 ||
    at('pack_size') >= 0 ||
    at('discount') >= 0 ||
    placeOfCurrency(columns)
  )
    return null;
  const [dateAt, timeAt, returnAt, productAt, brandAt] = [
    at('date'),
    at('time'),
    at('is_return'),
    at('product'),
    at('brand'),
  ];
  const levelsAt = (['category_1', 'category_2', 'category_3'] as const).map(at).filter((level) => level >= 0);
  const flagsAt = promotionBits.map(([field, bit]) => ({ at: at(field), bit })).filter((flag) => flag.at >= 0);
  const placed = (column: TextColumn): { column: TextColumn; at: number } => ({ column, at: at(column.field) });
  const [sold, told] = [rows.sold.map(placed), rows.said.map(placed)];
  const textsAt = [...sold, ...told].map((text) => text.at);
  if (dateAt < 0 || textsAt.includes(-1)) return null;

  const money = new PlainMoney(rules, at);
  const days = new Recall<Day | null>([dateAt], ([text = '']) => {
    const found = rules.readDate(text.trim());
    return typeof found === 'string' || found.time !== null || found.date < '1970-01-01' || found.date > '2199-12-31'
      ? null
      : { date: found.date, number: dayOf(found.date) };
  });
  const categories = new Recall(levelsAt, (names) => {
    const path = names.map(cleanText).filter((name) => name !== null);
    return path.length === 0 || names.some((name) => name.length > LONGEST_TEXT) ? null : cellOf(path.join(LEVEL));
  });
  const attributes = rows.attributes.map((member) => ({ member, said: said(member, rules) }));

  const isEmpty = (cell: number): boolean => {
    if (cell < 0) return true;
    for (let sign = row.from[cell]!; sign < row.to[cell]!; sign += 1)
      if (row.text.charCodeAt(sign) !== SPACE) return false;
    return true;
  };
  const flag = (cell: number, read: (text: string) => boolean | null): boolean | null => {
    const [from, to] = [row.from[cell]!, row.to[cell]!];
    if (from === to) return false;
    const sign = row.text.charCodeAt(from);
    return to === from + 1 && (sign === ZERO || sign === ONE) ? sign === ONE : read(row.string(cell));
  };
  const writeText = ({ column, at: cell }: { column: TextColumn; at: number }): void => {
    const { text, wide } = row;
    const from = row.from[cell]!;
    let to = row.to[cell]!;
    if (wide || text.charCodeAt(from) === APOSTROPHE) return rows.text(column, clean(text.slice(from, to)));
    while (to > from && text.charCodeAt(to - 1) === SPACE) to -= 1;
    if (to === from) rows.rows.nothing();
    else rows.ascii(column, text, from, to);
  };
  let before: Day | null = null;

  return (text, start, end, no) => {
    if (!row.take(text, start, end) || fixer?.touches(no, row)) return false;
    let seconds = -1;
    const dateFrom = row.from[dateAt]!;
    if (mapping.dateFormat === 'auto' && row.to[dateAt]! - dateFrom === MOMENT && isMoment(text, dateFrom)) {
      seconds = row.seconds(dateFrom + DAY + 1, dateFrom + MOMENT);
      if (seconds < 0) return false;
      row.to[dateAt] = dateFrom + DAY;
    }
    const day = days.of(row);
    if (day === null) return false;
    if (timeAt >= 0 && row.to[timeAt]! > row.from[timeAt]!) {
      seconds = row.seconds(row.from[timeAt]!, row.to[timeAt]!);
      if (seconds < 0) return false;
    }
    if (seconds >= 0 && seconds < clock.dayStart * HOUR) return false;
    if (isEmpty(productAt) && isEmpty(brandAt)) return false;
    for (const cell of textsAt) if (row.to[cell]! - row.from[cell]! > longest) return false;
    const category = levelsAt.length > 0 ? categories.of(row) : null;
    if (category === null && levelsAt.length > 0) return false;
    if (!money.read(row)) return false;
    let promotion: number | null = flagsAt.length === 0 ? null : 0;
    for (const { at: cell, bit } of flagsAt) {
      const set = flag(cell, readFlag);
      if (set === null) return false;
      if (set) promotion = (promotion ?? 0) | bit;
      if (!tally.promotion && row.to[cell]! > row.from[cell]!) tally.promotion = row.string(cell).trim() !== '';
    }
    const marked = returnAt < 0 ? false : flag(returnAt, readReturn);
    const { units, amount, base } = money;
    // A return with positive values is turned, and told.
    if (marked === null || (marked && units >= 0 && amount >= 0)) return false;

    rows.begin(no, day.number, seconds);
    for (const cell of sold) writeText(cell);
    rows.sums(day.date, units, amount);
    for (const cell of told) writeText(cell);
    if (category !== null) rows.path(category);
    rows.base(base);
    rows.promotion(promotion);
    rows.rows.boolean(marked || units < 0 || amount < 0);
    for (const { member, said: made } of attributes) rows.tellOf(member, made.of(row));
    tally.addPlain(units, amount, money.decimals);
    if (day !== before) tally.addDay(day.date);
    before = day;
    return true;
  };
}

/** What a row says of this member besides its code, as a cell. */
function said(member: Described, { mapping, columns }: LineRules): Recall<Buffer | null> {
  const places = mapping.attributes.filter(({ of }) => of === member);
  const at = places.map(({ column }) => columns.indexOf(column));
  return new Recall(at, (fields) => {
    const found = attributesOf(
      fields,
      places.map(({ column, of }, place) => ({ column, of, at: place })),
    )?.[member];
    return found === undefined ? null : cellOf(found);
  });
}

/** Looks like "2024-01-31 14:05:30"; whether it is, its parts tell. */
function isMoment(text: string, at: number): boolean {
  const apart = text.charCodeAt(at + DAY);
  return text.charCodeAt(at + 4) === 0x2d && (apart === SPACE || apart === 0x54);
}
