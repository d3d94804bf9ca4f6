// Dates as files write them, as calendar text: a date has no time zone, so no Date object is involved.

import { COUNTED_EXAMPLE, countedReader, dateForms, formReader } from './date-form';
import { readWeek } from './week';

export interface Moment {
  date: string;
  /** Time of day on the file's own clock, where given. */
  time: string | null;
}
export type DayOrder = 'dmy' | 'mdy';
export type ReadDate = (text: string) => Moment | string;

const NOT_A_DATE = 'Not a date; write it like 2024-03-31';
const BARE_NUMBER = `Not a date; where weeks or days are numbered, choose a date format such as ${COUNTED_EXAMPLE}`;
const NO_SUCH_DAY = 'There is no such day in the calendar; check day and month';
const NO_SUCH_WEEK = 'There is no such week in the year';
/** Whether a text was meant for a date, right or wrong. */
export const isDateLike = (found: Moment | string): boolean => found !== NOT_A_DATE && found !== BARE_NUMBER;

export const OUT_OF_RANGE = 'The year is outside 1970 to 2199';
const OPEN = 'Which number is the day is open; choose the date format, or write it like 2024-03-31';
const NOT_A_TIME = 'The time of day cannot be read; write it like 14:05 or 14:05:30';

/** How the names of the months begin in English, German, French, Spanish, Italian, Portuguese and Dutch. */
const months = [
  ...['jan ene gen', 'feb fev', 'mar maa mrt mae', 'apr avr abr', 'may mai mag mei maj', 'jun juin giu'],
  ...['jul juil lug', 'aug aou ago', 'sep set', 'oct okt ott out', 'nov', 'dec dez dic'],
].map((names) => names.split(' '));
const monthOf = (name: string): number => {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return months.findIndex((names) => names.some((begin) => plain.startsWith(begin))) + 1;
};
/** What may stand before a day: its weekday, or that a week begins or ends with it. */
const BEFORE =
  /^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?|(?:we|w\/[ec]|(?:1 )?w(?:ee)?k ?(?:end(?:ing|ed|s)?|beginning|begins|commencing|starting|of))\.?:?)\s+/i;

const YMD = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]\s*(.+))?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:[T ]\s*(.+))?$/;
const NUMERIC = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?:[T, ]\s*(.+))?$/;
const NAMED =
  /^(\d{1,2})(?:st|nd|rd|th|er)?[-/. ]?\s*(?:de )?(\p{L}{3,10})[-/., ]*(?:de )?(\d{4}|\d{2})(?:[T, ]\s*(.+))?$/u;
const MONTH_FIRST = /^(\p{L}{3,10})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:[T, ]\s*(.+))?$/u;
const TIME =
  /^(\d{1,2})(?:(?::?|\s?h\s?)(\d{2}))(?::?(\d{2})(?:[.,]\d+)?)?\s*(?:([ap])\.?m\.?)?\s*(?:Z|UTC|GMT|[ECMP][SD]T|CES?T|MES?Z|BST|[+-]\d{2}:?\d{2})?$/i;

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));
const fullYear = (year: string): number =>
  year.length === 2 ? Number(year) + (Number(year) < 70 ? 2000 : 1900) : Number(year);

function calendarDay(year: number, month: number, day: number): string {
  if (year < 1970 || year > 2199) return OUT_OF_RANGE;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  if (month < 1 || month > 12 || day < 1 || day > last) return NO_SUCH_DAY;
  return `${year}-${two(month)}-${two(day)}`;
}

/** "14:05", "2:05 pm", "140530" as HH:MM:SS; null when it is no time of day. */
export function parseTime(text: string): string | null {
  const parts = TIME.exec(text.trim());
  if (!parts) return null;
  let hour = Number(parts[1]);
  const half = parts[4]?.toLowerCase();
  if (half && (hour < 1 || hour > 12)) return null;
  if (half) hour = (hour % 12) + (half === 'p' ? 12 : 0);
  const minute = Number(parts[2]);
  const second = Number(parts[3] ?? 0);
  return hour > 23 || minute > 59 || second > 59 ? null : `${two(hour)}:${two(minute)}:${two(second)}`;
}

function moment(year: string, month: number, day: number, time: string | undefined): Moment | string {
  const date = calendarDay(fullYear(year), month, day);
  if (date === OUT_OF_RANGE || date === NO_SUCH_DAY) return date;
  if (time === undefined) return { date, time: null };
  return { date, time: parseTime(time) ?? NOT_A_TIME };
}
const settle = (found: Moment | string): Moment | string =>
  typeof found !== 'string' && found.time === NOT_A_TIME ? NOT_A_TIME : found;

function readAny(text: string, order: DayOrder | null): Moment | string {
  let parts = YMD.exec(text);
  if (parts) return moment(parts[1]!, Number(parts[3]), Number(parts[4]), parts[5]);
  parts = NUMERIC.exec(text);
  if (parts) {
    const [first, second] = [Number(parts[1]), Number(parts[3])];
    if (order === null && first !== second && first <= 12 && second <= 12) return OPEN;
    const byValue = second > 12 ? 'mdy' : 'dmy';
    const [day, month] = (order ?? byValue) === 'dmy' ? [first, second] : [second, first];
    return moment(parts[4]!, month, day, parts[5]);
  }
  parts = COMPACT.exec(text);
  if (parts) return moment(parts[1]!, Number(parts[2]), Number(parts[3]), parts[4]);
  parts = NAMED.exec(text);
  if (parts) return monthOf(parts[2]!) ? moment(parts[3]!, monthOf(parts[2]!), Number(parts[1]), parts[4]) : NOT_A_DATE;
  parts = MONTH_FIRST.exec(text);
  if (parts) return monthOf(parts[1]!) ? moment(parts[3]!, monthOf(parts[1]!), Number(parts[2]), parts[4]) : NOT_A_DATE;
  const week = readWeek(text);
  if (week !== null)
    return week === false
      ? NO_SUCH_WEEK
      : moment(week.slice(0, 4), Number(week.slice(5, 7)), Number(week.slice(8)), undefined);
  if (BEFORE.test(text)) return readAny(text.replace(BEFORE, ''), order);
  return /^\d{1,5}$/.test(text) ? BARE_NUMBER : NOT_A_DATE;
}

const tokens: Record<string, string> = {
  YYYY: String.raw`(?<year>\d{4})`,
  YY: String.raw`(?<year>\d{2})`,
  MMMM: '(?<name>[A-Za-z]{3,9})',
  MMM: String.raw`(?<name>[A-Za-z]{3,4})\.?`,
  MM: String.raw`(?<month>\d{2})`,
  M: String.raw`(?<month>\d{1,2})`,
  DD: String.raw`(?<day>\d{2})`,
  D: String.raw`(?<day>\d{1,2})`,
};
const TIME_FROM = /[Hh]{1,2}(?![a-z])/;

/** "excel" and the other forms of numbers, "week 1 = 2024-01-01", or a pattern such as "DD/MM/YYYY HH:mm" as a reader; null when it names no full date. */
export function patternReader(pattern: string): ReadDate | null {
  const form = dateForms.find((known) => known === pattern);
  if (form) return formReader(form);
  const count = countedReader(pattern);
  if (count) return count;
  const timeAt = pattern.search(TIME_FROM);
  const datePart = timeAt < 0 ? pattern : pattern.slice(0, timeAt);
  if ((datePart.match(/Y+/g) ?? []).length !== 1 || (datePart.match(/M+/g) ?? []).length !== 1) return null;
  if ((datePart.match(/D+/g) ?? []).length !== 1) return null;
  let source = '';
  for (const piece of datePart.match(/Y+|M+|D+|[^YMD]/g) ?? []) {
    if (/^[YMD]/.test(piece)) {
      if (!Object.hasOwn(tokens, piece)) return null;
      source += tokens[piece];
    } else source += piece.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  }
  const shape = new RegExp(`^${source}${timeAt < 0 ? '' : '(?<time>.+)'}$`);
  const reason = `Not a date written as ${pattern}`;
  return (text) => {
    const found = shape.exec(text)?.groups;
    if (!found) return reason;
    const month = found['name'] === undefined ? Number(found['month']) : monthOf(found['name']);
    return month ? settle(moment(found['year']!, month, Number(found['day']), found['time'])) : reason;
  };
}

const REMEMBERED = 20_000;
/** A reader of dates in any of the usual forms; day/month order as given, refused where it is open and matters. Dates repeat, so answers are remembered. */
export function anyDateReader(order: DayOrder | null): ReadDate {
  const seen = new Map<string, Moment | string>();
  return (text) => {
    // Short keys only: V8 copies them, while a longer slice would keep the chunk of file it was cut from.
    if (text.length > 12) return readWithTime(text, seen, order);
    let found = seen.get(text);
    if (found === undefined) {
      found = settle(readAny(text, order));
      if (seen.size >= REMEMBERED) seen.clear();
      seen.set(text, found);
    }
    return found;
  };
}

function readWithTime(text: string, seen: Map<string, Moment | string>, order: DayOrder | null): Moment | string {
  const separator = text[10];
  if (text[4] !== '-' || (separator !== ' ' && separator !== 'T')) return settle(readAny(text, order));
  const day = text.slice(0, 10);
  let date = seen.get(day);
  if (date === undefined) {
    date = readAny(day, order);
    if (seen.size >= REMEMBERED) seen.clear();
    seen.set(day, date);
  }
  if (typeof date === 'string') return date;
  const time = parseTime(text.slice(11));
  return time === null ? NOT_A_TIME : { date: date.date, time };
}

/** What a text says about the order of day and month: one of them, either would do, or nothing. */
export function orderOf(text: string): DayOrder | 'either' | null {
  // Most begin with a digit: nothing stands before those.
  const parts = NUMERIC.exec(text > ':' ? text.replace(BEFORE, '') : text);
  if (!parts) return null;
  const [first, second] = [Number(parts[1]), Number(parts[3])];
  if (first === second) return null;
  const [canBeDay, canBeMonth] = [first <= 31 && second <= 12, second <= 31 && first <= 12];
  if (canBeDay && canBeMonth) return 'either';
  return canBeDay ? 'dmy' : canBeMonth ? 'mdy' : null;
}

/** The order of day and month in a whole column. */
export class DayOrderVote {
  private readonly counts = { dmy: 0, mdy: 0, either: 0 };

  add(text: string): void {
    const order = orderOf(text);
    if (order) this.counts[order] += 1;
  }

  /** Null: no date is written with day and month as numbers in an order of choice. */
  result(fallback: DayOrder): { order: DayOrder; settled: boolean; proofs: number } | null {
    const { dmy, mdy, either } = this.counts;
    if (dmy + mdy + either === 0) return null;
    if (dmy === mdy) return { order: fallback, settled: false, proofs: dmy };
    return { order: dmy > mdy ? 'dmy' : 'mdy', settled: true, proofs: Math.max(dmy, mdy) };
  }
}
