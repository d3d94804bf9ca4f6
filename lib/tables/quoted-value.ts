import { LONGEST_BREAK } from './breaks';
import { LONGEST_QUOTED, endsEscaped, unescaped } from './quotes';

// One value in quotes, also where quotes inside of it are not written as they should be.

/** How values in quotes are written. */
export interface Style {
  delimiter: string;
  escape: '\\' | '' | undefined;
  /** The quote that closes. */
  close: string;
  /** Where the line ends that goes on at a place. */
  lineEnd: (text: string, from: number) => number;
}

interface Value {
  text: string;
  /** Where the delimiter or line break after it stands. */
  end: number;
  /** A quote inside of it is written like one that closes. */
  stray: boolean;
}

/** Characters of a value of several lines in which quotes are not doubled. */
const LONGEST_STRAY = 2_000;

/** Reads a value from its opening quote on. */
export function readValue(text: string, open: number, ended: boolean, style: Style): Value | 'more' | 'unclosed' {
  const { delimiter, escape, close: quote, lineEnd } = style;
  // Asked first: line ends are looked for onwards only.
  const firstEnd = lineEnd(text, open);
  let value = '';
  let stray = false;
  let from = open + 1;
  for (;;) {
    const close = text.indexOf(quote, from);
    const end = close < 0 ? text.length : close;
    if (end - open > LONGEST_QUOTED && firstEnd < end) return 'unclosed';
    if (close < 0) return ended ? 'unclosed' : 'more';
    const escaped = endsEscaped(text.slice(Math.max(from, close - 20), close));
    if (escape && escaped) {
      value += unescaped(text.slice(from, close - 1)) + quote;
      from = close + 1;
      continue;
    }
    const next = afterBlanks(text, close + 1, delimiter);
    if (text[close + 1] === quote) {
      const last = endsTwice(text, close, open, ended, style, stray);
      if (last === 'more') return last;
      value += text.slice(from, close + 1);
      if (last >= 0) return { text: value, end: last, stray: true };
      from = close + 2;
      continue;
    }
    if (!ended && next + Math.max(delimiter.length, LONGEST_BREAK) > text.length) return 'more';
    if (isEdge(text, next, delimiter)) {
      const last = text.slice(from, close);
      return { text: value + (escape ? unescaped(last) : last), end: next, stray };
    }
    // Text follows: the quote belongs to the value, though nothing says so; a backslash before it does.
    if (escaped && escape === undefined) value += text.slice(from, close - 1) + quote;
    else {
      const until = lineEnd(text, close);
      if (until === text.length && !ended) return 'more';
      const another = text.indexOf(quote, close + 1);
      if (another < 0 || another > until) {
        const below = closesBelow(text, close, open, firstEnd, ended, style);
        if (below === 'more') return below;
        // A quote that was never closed meets the first one of a row below.
        if (!below && firstEnd < close) return 'unclosed';
        if (!below) {
          const last = endOfField(text, close, until, delimiter);
          return {
            text: value + text.slice(from, close) + text.slice(close + 1, last).trimEnd(),
            end: last,
            stray: true,
          };
        }
      } else if (firstEnd < close && opens(text, close, style)) return 'unclosed';
      stray = true;
      value += text.slice(from, close + 1);
    }
    from = close + 1;
  }
}

/** A delimiter that is itself made of blanks ends the value; other blanks before it are none of it. */
function afterBlanks(text: string, from: number, delimiter: string): number {
  let at = from;
  while (text[at] === ' ' && !text.startsWith(delimiter, at)) at += 1;
  return at;
}

const isEdge = (text: string, at: number, delimiter: string): boolean =>
  at >= text.length || text[at] === '\n' || text[at] === '\r' || text.startsWith(delimiter, at);

/** A value may begin with the quote that stands here: at the beginning of a line, or behind a delimiter. */
function opens(text: string, at: number, { delimiter }: Style): boolean {
  let before = at;
  while (before > 0 && text[before - 1] === ' ' && !isBehind(text, before, delimiter)) before -= 1;
  return before === 0 || text[before - 1] === '\n' || text[before - 1] === '\r' || isBehind(text, before, delimiter);
}

const isBehind = (text: string, at: number, sign: string): boolean => text.startsWith(sign, at - sign.length);

/**
 * Where a value ends whose last two quotes are one of it and the one that closes, as in `"5"",`; -1: they are a doubled one.
 * They are where another such value begins before any closes.
 */
function endsTwice(
  text: string,
  close: number,
  open: number,
  ended: boolean,
  style: Style,
  stray: boolean,
): number | 'more' {
  const { delimiter, close: quote } = style;
  const next = afterBlanks(text, close + 2, delimiter);
  if (!ended && next + Math.max(delimiter.length, LONGEST_BREAK) > text.length) return 'more';
  if (!isEdge(text, next, delimiter)) return -1;
  if (stray) return next;
  const another = text.indexOf(quote, next);
  if (another < 0) return ended || text.length - open > LONGEST_QUOTED ? next : 'more';
  if (!ended && another + 1 + Math.max(delimiter.length, LONGEST_BREAK) > text.length) return 'more';
  const begins = opens(text, another, style) && text[another + 1] !== quote && !isEdge(text, another + 1, delimiter);
  return begins ? next : -1;
}

/** The value is closed on a line further down, before any other one is opened. */
function closesBelow(
  text: string,
  from: number,
  open: number,
  firstEnd: number,
  ended: boolean,
  style: Style,
): boolean | 'more' {
  const { delimiter, close: quote } = style;
  if (firstEnd < from && opens(text, from, style)) return false;
  for (let at = from; ;) {
    at = text.indexOf(quote, at + 1);
    if (at < 0 || at - open > LONGEST_STRAY)
      return at >= 0 || ended || text.length - open > LONGEST_STRAY ? false : 'more';
    const next = afterBlanks(text, at + 1, delimiter);
    if (!ended && next + Math.max(delimiter.length, LONGEST_BREAK) > text.length) return 'more';
    if (text[at + 1] === quote) at += 1;
    else if (opens(text, at, style)) return false;
    else if (isEdge(text, next, delimiter)) return true;
  }
}

/** Where the field ends in which a stray text stands: at the next delimiter of its line, else at the line's end. */
function endOfField(text: string, from: number, lineEnd: number, delimiter: string): number {
  const end = text.indexOf(delimiter, from);
  return end >= 0 && end < lineEnd ? end : lineEnd;
}
