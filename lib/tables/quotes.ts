import type { Quote } from '@/lib/contract/reading';

const closing: { [quote in Quote]?: string } = { '“': '”', '„': '“', '«': '»', '‘': '’' };

/** The sign that closes what this one opens. */
export const closingOf = (quote: Quote): string => closing[quote] ?? quote;

/** Quotes that stand where a value begins; or none, where such signs are part of the text, as that of inches. */
export function quotesIn(text: string): Quote[] {
  // A written tab ends with a letter.
  const opened = text.replaceAll('\\t', '\t');
  const opening = (quote: string): boolean => new RegExp(`(^|[^\\p{L}\\p{N}${quote}])${quote}`, 'mu').test(opened);
  const rare = (['|', '~', 'þ'] as const).filter((sign) => standsAround(text, sign));
  return rare.length > 0 ? rare : [...(['"', "'", '`', '“', '„', '‘', '«'] as const).filter(opening), ''];
}

/** A sign that may be a delimiter, too, is a quote where all of them stand around values, and delimiters beside those. */
function standsAround(text: string, sign: string): boolean {
  if (!text.includes(sign)) return false;
  // The last line may be cut off.
  const lines = /[\r\n]/.test(text) ? text.slice(0, Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'))) : text;
  const beside = String.raw`[,;:\t\u0014]`;
  const value = `[${sign}](?!${beside})(?:[^${sign}]|[${sign}]{2})*(?<!${beside})[${sign}]`;
  const beginning = new RegExp(`(?:^${value}${beside}|${beside}${value}(?:${beside}|\r?$))`, 'm');
  return (
    beginning.test(lines) &&
    !lines.replace(new RegExp(`(?<=^|${beside})${value}(?=${beside}|\r?$)`, 'gm'), '').includes(sign)
  );
}

/** A backslash stands at the end that is not itself escaped. */
export const endsEscaped = (text: string): boolean => text.endsWith('\\') && /\\*$/.exec(text)![0].length % 2 === 1;
export const unescaped = (text: string): string => text.replaceAll('\\\\', '\\');

const formula = /^="(.*)"$/s;
/** A number that is to stay a text, as spreadsheets write it: ="0042". */
export const withoutFormula = (field: string): string => formula.exec(field)?.[1] ?? field;

export const UNCLOSED = 'A quote is opened and never closed; close it, or double it (""), where it belongs to the text';
export const AFTER_QUOTE =
  'Text follows a closing quote; double the quotes ("") inside a quoted value, or take the quotes off the whole value';

/** A quoted field of several lines that is longer than this is taken for a quote that was never closed. */
export const LONGEST_QUOTED = 100_000;
