import { withoutValues } from './cell-kinds';

// Signs that a text could have between its values.

const usual = [',', ';', '\t', '|'];
/** How likely files are that have such a delimiter, against the usual ones. */
const rare: Record<string, number> = {
  ...Object.fromEntries(
    [':', '^', '~', '¦', '§', '¶', '¬', '·', '•', '\u001f', '\u001e', '\u0014', '\u0001', ' '].map((sign) => [
      sign,
      0.8,
    ]),
  ),
  ...Object.fromEntries(['#', '&', '*', '@', '$', '!', '%', '=', '+', '?', '<', '>', '\\'].map((sign) => [sign, 0.5])),
  ...Object.fromEntries(['/', '_'].map((sign) => [sign, 0.3])),
};
const LOOKED_AT = 200;
const MOST_LONG = 12;

/** The delimiter that a spreadsheet program is told of by the first line. */
export const saidDelimiter = (text: string): string | undefined => said.exec(text)?.[1];
export const withoutSaid = (text: string): string => text.replace(said, '');
const said = /^\ufeff?"?sep=(.)"?[\r\n]+/i;

/** A delimiter for a single column: one that its values don't hold. */
export const unusedIn = (text: string): string => [...usual, '\u001f'].find((sign) => !text.includes(sign)) ?? '\u0001';

/** Signs that the text could have between its values, and what each counts for. */
export function delimitersIn(text: string): Map<string, number> {
  const found = new Map(usual.filter((sign) => text.includes(sign)).map((sign) => [sign, 1]));
  const lines = withoutValues(text)
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '');
  const often = (sign: string): boolean => lines.filter((line) => line.includes(sign)).length >= lines.length / 2;
  // A link goes on up to a blank: what stands between names stands behind links, too.
  const [names = '', ...rows] = text.split(/[\r\n]+/, LOOKED_AT).filter((line) => line.trim() !== '');
  const named = (sign: string): boolean => {
    const count = lines[0] === names ? names.split(sign).length : 1;
    return count > 2 && rows.every((row) => row.split(sign).length >= count);
  };
  for (const [sign, rank] of Object.entries(rare))
    if (text.includes(sign) && (often(sign) || named(sign))) found.set(sign, rank);
  for (const sign of ['\\t', '::']) if (text.includes(sign) && often(sign)) found.set(sign, 1);
  // Doubled, they are values that are missing, unless the names are set apart by nothing else.
  for (const sign of [';;', '||'])
    if (lines[0]?.includes(sign) && !lines[0].replaceAll(sign, '').includes(sign[0]!)) found.set(sign, 1);
  for (const [sign, rank] of longDelimiters(lines)) if (often(sign)) found.set(sign, rank);
  for (const sign of steadyIn(text)) if (!found.has(sign)) found.set(sign, 0);
  const between = betweenQuotes(text);
  if (between !== null) found.set(between, 1);
  return found;
}

const rowOfStrings = ['"', "'"].map(
  (quote) =>
    new RegExp(
      `^${quote}(?:[^${quote}]|${quote}{2})*${quote}(?:([^\\p{L}\\p{N}\\s"']{1,3}|[þÿ])${quote}(?:[^${quote}]|${quote}{2})*${quote})+$`,
      'u',
    ),
);

/** A usual delimiter that stands as often in most lines as in the first, outside of quotes; null: none does. */
export function asOften(text: string): string | null {
  const lines = text.split(/[\r\n]+/, LOOKED_AT).filter((line) => line.trim() !== '');
  const [first, ...rest] = lines.map((line) => line.replace(strings, ''));
  if (first === undefined || rest.length < FEWEST) return null;
  const countOf = (line: string, sign: string): number => line.split(sign).length - 1;
  const isOne = (sign: string): boolean => {
    const count = countOf(first, sign);
    return count > 0 && rest.filter((line) => countOf(line, sign) === count).length >= rest.length * 0.8;
  };
  return usual.find(isOne) ?? null;
}

/** What stands between all values of most lines, where they stand in quotes: that is a delimiter, whatever it is. */
function betweenQuotes(text: string): string | null {
  const lines = text.split(/[\r\n]+/, LOOKED_AT).filter((line) => line.trim() !== '');
  const counts = new Map<string, number>();
  for (const line of lines)
    for (const row of rowOfStrings) {
      const sign = row.exec(line)?.[1];
      if (sign !== undefined) counts.set(sign, (counts.get(sign) ?? 0) + 1);
    }
  const [sign, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['', 0];
  return count > 1 && count >= lines.length / 2 ? sign : null;
}

const strings = /"(?:[^"]|"")*"/g;
const FEWEST = 4;
/** Signs that numbers and words hold, and letters that few texts do: only where each line has as many of them, outside of quotes. */
function steadyIn(text: string): string[] {
  const lines = text.split(/[\r\n]+/, LOOKED_AT).filter((line) => line.trim() !== '');
  const [first, ...rest] = lines.map((line) => line.replace(strings, ''));
  if (first === undefined || rest.length < FEWEST) return [];
  const signs = new Set(first.match(/[-.\u0080-\uffff]/g));
  const countOf = (line: string, sign: string): number => line.split(sign).length;
  return [...signs].filter((sign) => {
    const count = countOf(first, sign);
    return count > (/[-.]/.test(sign) ? 2 : 1) && rest.every((line) => countOf(line, sign) === count);
  });
}

const runs = /[ \t]*[-|~^@#$%&*;:!+=<>§¦¶¬·•/\\_,[\]]+(?:[ \t]+[-|~^@#$%&*;:!+=<>§¦¶¬·•/\\_,[\]]+)*[ \t]*/g;
/** Parts of links and paths, lines that are drawn, the end of a percentage, and what a single sign with a blank behind it is known as. */
const others = /^(?:\|\||;;|::|:\/\/|\/\/|\\\\|[-=]{3,}|%?[,;|:\t][ \t]?)$/;

/** Signs that stand together in many lines: doubled, as "$$", one around another, as "|~|", an arrow, or with blanks around. */
function longDelimiters(lines: string[]): [sign: string, rank: number][] {
  const looked = lines.slice(0, LOOKED_AT);
  const found = new Map<string, number>();
  for (const line of looked)
    for (const run of new Set(line.match(runs)))
      if (run.length > 1 && run.length < 6 && !others.test(run)) found.set(run, 0);
  // Counted wherever they stand: where a value is missing, two of them are one run.
  for (const run of [...found.keys()].slice(0, 10 * MOST_LONG))
    found.set(run, looked.filter((line) => line.includes(run)).length);
  return [...found]
    .filter(([, count]) => count >= looked.length / 2)
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_LONG)
    .map(([sign]) => [sign, rankOf(sign)]);
}

/** A dash between blanks stands in sentences, too; so do signs for "and" and "or". */
function rankOf(sign: string): number {
  const bare = sign.trim();
  if (bare.length > 1) return /^-+$/.test(bare) ? 0.5 : 1;
  return usual.includes(bare) ? 1 : Math.min(rare[bare] ?? 0.3, 0.5);
}
