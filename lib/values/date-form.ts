import { weeks } from './synonyms';
import { dayOfWeek } from './week';
import { wordsOf } from './words';

// Dates that are written as a number. One by itself says nothing: the whole column tells what it counts.

/** Days as Excel counts them, seconds or milliseconds since 1970, year and week as 202405. */
export const dateForms = ['excel', 'epoch', 'epoch-ms', 'year-week'] as const;
export type DateForm = (typeof dateForms)[number];

const YEAR_1970 = 25_569;
const YEAR_2100 = 73_051;
const DAY = 86_400;
const MOST = 0.9;

const serial = /^(\d{5})(?:[.,](\d+))?$/;
const whole = /^\d{9,13}$/;
const week = /^((?:19|20)\d\d)(0[1-9]|[1-4]\d|5[0-3])$/;

const secondsOf = (text: string): number => {
  const [, days, fraction = '0'] = serial.exec(text) ?? [];
  return days === undefined ? Number.NaN : Math.round((Number(days) + Number(`0.${fraction}`) - YEAR_1970) * DAY);
};
const inRange = (seconds: number): boolean => seconds >= 0 && seconds < (YEAR_2100 - YEAR_1970) * DAY;
/** Numbers below are as likely anything else. */
const SINCE_1980 = 315_532_800;
const isMoment = (seconds: number): boolean => seconds >= SINCE_1980 && inRange(seconds);

const fits: Record<Exclude<DateForm, 'year-week'>, (text: string) => boolean> = {
  excel: (text) => isMoment(secondsOf(text)),
  epoch: (text) => whole.test(text) && isMoment(Number(text)),
  'epoch-ms': (text) => whole.test(text) && isMoment(Number(text) / 1000),
};

/** What the numbers of a column count, if they are dates at all; `name` may say that it is of weeks. */
export function dateFormOf(values: readonly string[], name = ''): DateForm | null {
  const given = values.filter((value) => value !== '');
  if (given.length === 0) return null;
  const most = (is: (value: string) => boolean): boolean => given.filter(is).length >= given.length * MOST;
  for (const form of ['excel', 'epoch', 'epoch-ms'] as const) if (most(fits[form])) return form;
  if (!most((value) => week.test(value))) return null;
  // 202405 is a month as well: numbers above 12 are none, and a name may speak of weeks.
  const beyond = given.some((value) => Number(value.slice(4)) > 12);
  return beyond || wordsOf(name).some((word) => weeks.has(word)) ? 'year-week' : null;
}

const examples: Record<DateForm, string> = {
  excel: 'Not a day as Excel counts them; write it like 45296',
  epoch: 'Not seconds since 1970; write it like 1704412800',
  'epoch-ms': 'Not milliseconds since 1970; write it like 1704412800000',
  'year-week': 'Not a year and week; write it like 202405',
};

const timed = (seconds: number, withTime: boolean): { date: string; time: string | null } => {
  const text = new Date(Math.floor(seconds) * 1000).toISOString();
  return { date: text.slice(0, 10), time: withTime ? text.slice(11, 19) : null };
};

const counted = /^\s*(day|week) (\d{1,5})\s*=\s*(\d{4}-\d\d-\d\d)\s*$/i;
export const COUNTED_EXAMPLE = 'week 1 = 2024-01-01';

/** A reader of days or weeks that are numbered from one on: "week 40 = 1990-06-14". Null when it is not written so. */
export function countedReader(format: string): ((text: string) => { date: string; time: null } | string) | null {
  const [, unit, number, day] = counted.exec(format) ?? [];
  if (!unit || !number || !day) return null;
  const anchor = Date.parse(day);
  // JavaScript takes 30 February for 1 March.
  if (Number.isNaN(anchor) || new Date(anchor).toISOString().slice(0, 10) !== day) return null;
  const step = unit.toLowerCase() === 'week' ? 7 : 1;
  const reason = `Not a numbered ${unit.toLowerCase()}; write it like ${number}`;
  return (text) =>
    /^\d{1,6}$/.test(text)
      ? {
          date: new Date(anchor + (Number(text) - Number(number)) * step * DAY * 1000).toISOString().slice(0, 10),
          time: null,
        }
      : reason;
}

export function formReader(form: DateForm): (text: string) => { date: string; time: string | null } | string {
  const reason = examples[form];
  if (form === 'year-week')
    return (text) => {
      const parts = week.exec(text.replace(/^(\d{4})[-/ ](\d{2})$/, '$1$2'));
      const date = parts && dayOfWeek(Number(parts[1]), Number(parts[2]));
      return date ? { date, time: null } : reason;
    };
  if (form === 'excel')
    return (text) => {
      const seconds = secondsOf(text);
      return inRange(seconds) ? timed(seconds, /[.,]/.test(text)) : reason;
    };
  return (text) => {
    const seconds = /^\d{1,13}$/.test(text) ? Number(text) / (form === 'epoch' ? 1 : 1000) : Number.NaN;
    return inRange(seconds) ? timed(seconds, true) : reason;
  };
}
