// What the cells of a workbook say, as text: numbers as they are, dates in ISO form, codes with their leading zeros.

import { withoutExponent } from './decimal';

export type Show = (value: string) => string;

const DAY = 86_400;
const two = (value: number): string => String(value).padStart(2, '0');

/** The parts of a number format that are no text: without what is quoted, escaped, or said of colours and currencies. */
const bare = (format: string): string =>
  format
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!(h+|m+|s+)\])[^\]]*\]/gi, '')
    .split(';')[0]!
    .toLowerCase();

const builtIn = (id: number): string | null => {
  if (id >= 14 && id <= 17) return 'yyyy-mm-dd';
  if (id >= 18 && id <= 21) return 'hh:mm:ss';
  if (id === 22) return 'yyyy-mm-dd hh:mm';
  if ((id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 54) || id === 57 || id === 58) return 'yyyy-mm-dd';
  if (id >= 32 && id <= 35) return 'hh:mm:ss';
  if (id === 45 || id === 47) return 'mm:ss';
  return id === 46 ? '[h]:mm:ss' : null;
};

/** How numbers of a format are written; `from1904`: the workbook counts its days from 1904. */
export function showerOf(id: number, custom: string | undefined, from1904: boolean): Show {
  const format = bare(custom ?? builtIn(id) ?? '');
  if (/\[h+\]|\[m+\]|\[s+\]/.test(format)) return (value) => duration(Number(value));
  const isGeneral = format.includes('general');
  const [date, time] = [/[yd]|mmm/.test(format), /[hs]/.test(format)];
  if (!isGeneral && (date || time || /^m+$/.test(format)))
    return (value) => moment(value, { time, date: !time || date, from1904 });
  if (/^0{2,}$/.test(format))
    return (value) =>
      plainNumber(value).replace(
        /^(-?)(\d+)$/,
        (_, sign: string, digits: string) => sign + digits.padStart(format.length, '0'),
      );
  return plainNumber;
}

/** Excel counts in fifteen digits; what programs wrote behind them is what binary numbers left over. Whole numbers stay. */
export function plainNumber(text: string): string {
  if (/^-?\d+$/.test(text)) return text;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return text;
  return withoutExponent(value.toExponential(14));
}

function duration(days: number): string {
  if (!Number.isFinite(days)) return String(days);
  const seconds = Math.round(Math.abs(days) * DAY);
  return `${days < 0 ? '-' : ''}${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** Days since the end of 1899, in which 1900 had a 29 February. */
function moment(text: string, { date, time, from1904 }: { date: boolean; time: boolean; from1904: boolean }): string {
  const serial = Number(text);
  if (text.trim() === '' || !Number.isFinite(serial) || serial < 0 || serial >= 2_958_466) return text;
  const total = Math.round(serial * DAY);
  const seconds = total % DAY;
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  if (!date && serial < 1) return total < DAY ? clock : '23:59:59';
  const counted = Math.floor(total / DAY) + (from1904 ? 1462 : 0);
  const day = new Date((counted - 25_569 + (counted < 60 ? 1 : 0)) * DAY * 1000).toISOString().slice(0, 10);
  return time || seconds > 0 ? `${day}T${clock}` : day;
}

/** "BC" of "BC12" is column 54, counted from 0; -1: no column is named. */
export function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const code = reference.charCodeAt(at) & ~32;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
}

/** Control characters are written as _x000D_ in workbooks. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;
