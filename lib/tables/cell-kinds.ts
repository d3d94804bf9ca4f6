// What a cell looks like by itself: of the cells that a wrong delimiter or quote makes, few look like anything.

const money = '[€$£¥]';
const clock = String.raw`\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[ap]\.?m\.?)?`;
const month = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const day = String.raw`(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}[-/ ]${month}[-/, ]+\d{2,4}|${month} \d{1,2},? \d{4})`;
const instant = String.raw`${day}(?:[T ]+${clock}(?: ?(?:z|utc|gmt|[-+]\d{2}:?\d{2}))?)?`;
const link = String.raw`(?:https?|ftp)://[^\s"']+|www\.[^\s"']+`;
const address = String.raw`[^\s@"',;|]+@[^\s@"',;|]+\.\w+`;
/** Thousands are set apart three by three, so that "1 2 3" is no number. */
const number = String.raw`[-+(]?\s?${money}?\s?[-+]?(?=[\d.,])(?:\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+|\d+)?(?:[.,]\d*)?(?:e[-+]?\d+)?\s?(?:%|${money}|\))?`;
const path = String.raw`(?:[a-z]:)?[\\/][^\s"',;|]+`;
const point = String.raw`\(?-?\d+\.\d+°?, ?-?\d+\.\d+°?\)?`;

const key = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:\\d{1,3}\\.){3}\\d{1,3}';

const value = new RegExp(
  `^(?:|n/?a|null|nan|none|-|true|false|yes|no|${number}|${instant}|${clock}|${link}|${address}|${path}|${point}|${key})$`,
  'iu',
);
const words = /^(?=.*\p{L})[\p{L}\p{N}][\p{L}\p{N}\p{M} _\-.'’&()/+%®™!?#]*$/u;
/** What programs write into one cell: JSON, a shape of a map, a list of words. */
const written =
  /^(?:\{.*\}|\[.*\]|[A-Z]+ ?\(.*\)|\p{L}[\p{L}\p{N}_.-]*(?:[|;,]\p{L}[\p{L}\p{N}_.-]*)+|[\p{L}\p{N}]+(?:\|[\p{L}\p{N}]+)+)$/su;
/** A sentence: signs stand behind words, with a blank after them. */
const prose = /^(?=.*\p{L}.* )[^\t"',;:|][^\t|]*$/su;
const crowded = /[,;:](?=[^\s\d/])/;

const LONGEST = 200;

/** From 0 to 1: how much a cell looks like one. */
export function likeness(cell: string): number {
  if (cell.length < LONGEST && (value.test(cell) || words.test(cell))) return 1;
  if (cell.includes('\t')) return 0;
  const start = cell.slice(0, LONGEST);
  if (cell.length < LONGEST ? written.test(cell) : /^(?:\{|\[|[A-Z]+ ?\()/.test(start)) return 0.9;
  return prose.test(start) && !crowded.test(start) ? 0.7 : 0;
}

const masked = new RegExp(`${link}|${key}|${address}|${instant}|(?<![\\d:])${clock}(?![\\d:])`, 'giu');

/** A number, a time or a day, however it is written: words alone fill no column of those. */
export const isFigure = (cell: string): boolean => /^[-+]?\d[\d.,:/-]*%?$/.test(cell);

/** The text without the values that hold signs of their own: no delimiter is found inside of a time or a link. */
export const withoutValues = (text: string): string => text.replace(masked, 'x');
