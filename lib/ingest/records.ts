// Splits CSV text into records. Own code, because csv-parse with raw text reads 92,000 rows/s of 12 columns, gives up
// at the first malformed record, and lets a quote that never closes swallow the rest of the file.

/** How a file writes its records. */
export interface Dialect {
  /** One or more characters between fields. */
  delimiter: string;
  /** Around values that hold a delimiter or a line break; empty: none does. */
  quote: '"' | "'" | '';
  /** Before a quote that belongs to the value; else such a quote is doubled. */
  escape?: '\\' | undefined;
  newline: '\n' | '\r';
}

export interface FileRecord {
  /** Counted from 1 over the whole file, blank rows included, as a spreadsheet shows it. */
  row: number;
  /** Of a record with a fault: as well as it can be read. */
  fields: string[];
  /** The record as it stands in the file. */
  raw: string;
  /** Why the record cannot be read for sure. */
  fault: string | null;
}

export type TakeRecord = (record: FileRecord) => void;

/** A quoted field longer than this is taken for a quote that was never closed. */
const LONGEST_QUOTED = 100_000;
export const UNCLOSED = 'A quote is opened and never closed; close it, or double it (""), where it belongs to the text';
const AFTER_QUOTE =
  'Text follows a closing quote; double the quotes ("") inside a quoted value, or take the quotes off the whole value';

type Quoted = { fields: string[]; end: number; fault: string | null };

export class RecordSplitter {
  private rest = '';
  private row = 0;
  /** Rows without any value: skipped, but counted. */
  blank = 0;

  constructor(private readonly dialect: Dialect) {}

  /** Takes the next piece of text and hands out the records that it completes, one by one: none outlives its turn. */
  push(text: string, take: TakeRecord): void {
    this.split(this.rest + text, false, take);
  }

  /** No more text: hands out what is left. */
  end(take: TakeRecord): void {
    this.split(this.rest, true, take);
  }

  private split(text: string, ended: boolean, take: TakeRecord): void {
    const { delimiter, quote, newline } = this.dialect;
    let at = 0;
    while (at < text.length) {
      let lineEnd = text.indexOf(newline, at);
      if (lineEnd < 0) {
        if (!ended) break;
        lineEnd = text.length;
      }
      const line = text.slice(at, text[lineEnd - 1] === '\r' && lineEnd > at ? lineEnd - 1 : lineEnd);
      if (quote === '' || !line.includes(quote)) {
        this.add(take, line.split(delimiter), line, null);
        at = lineEnd + 1;
        continue;
      }
      const quoted = this.readQuoted(text, at, ended);
      if (quoted === 'more') break;
      if (quoted === 'unclosed') {
        // Only the first line is given up: what follows it may well be sound.
        this.add(
          take,
          line.split(delimiter).map((field) => this.unquoted(field)),
          line,
          UNCLOSED,
        );
        at = lineEnd + 1;
      } else {
        const raw = quoted.end - 1 === lineEnd ? line : text.slice(at, quoted.end).trimEnd();
        this.add(take, quoted.fields, raw, quoted.fault);
        at = quoted.end;
      }
    }
    this.rest = text.slice(at);
  }

  private unquoted(field: string): string {
    const { quote } = this.dialect;
    const text = field.trim();
    return text.startsWith(quote) ? text.slice(1, text.endsWith(quote) && text.length > 1 ? -1 : undefined) : field;
  }

  private add(take: TakeRecord, fields: string[], raw: string, fault: string | null): void {
    this.row += 1;
    if (fault === null && (fields[0] ?? '').trim() === '' && fields.every((field) => field.trim() === ''))
      this.blank += 1;
    else take({ row: this.row, fields, raw, fault });
  }

  /** Reads a record that holds quotes: its fields and where the next one begins. */
  private readQuoted(text: string, start: number, ended: boolean): Quoted | 'more' | 'unclosed' {
    const { delimiter, quote, newline } = this.dialect;
    const fields: string[] = [];
    let fault: string | null = null;
    let at = start;
    for (;;) {
      let open = at;
      // A delimiter that is itself made of blanks ends the field; other blanks before a quote are none of the value.
      while (text[open] === ' ' && !text.startsWith(delimiter, open)) open += 1;
      if (text[open] !== quote) {
        const end = text.indexOf(delimiter, at);
        let lineEnd = text.indexOf(newline, at);
        if (lineEnd < 0) {
          if (!ended) return 'more';
          lineEnd = text.length;
        }
        if (end >= 0 && end < lineEnd) {
          fields.push(text.slice(at, end));
          at = end + delimiter.length;
          continue;
        }
        fields.push(text.slice(at, text[lineEnd - 1] === '\r' && lineEnd > at ? lineEnd - 1 : lineEnd));
        return { fields, end: lineEnd + 1, fault };
      }
      const value = this.readValue(text, open, ended);
      if (typeof value === 'string') return value;
      fault ??= value.stray ? AFTER_QUOTE : null;
      fields.push(value.text);
      if (!text.startsWith(delimiter, value.end)) return { fields, end: value.end + 1, fault };
      at = value.end + delimiter.length;
    }
  }

  /** Reads a value from its opening quote on: the text, and where the delimiter or line break after it stands. */
  private readValue(
    text: string,
    open: number,
    ended: boolean,
  ): { text: string; end: number; stray: boolean } | 'more' | 'unclosed' {
    const { delimiter, quote, escape, newline } = this.dialect;
    let value = '';
    let stray = false;
    let from = open + 1;
    for (;;) {
      const close = text.indexOf(quote, from);
      if (close < 0) return !ended && text.length - open < LONGEST_QUOTED ? 'more' : 'unclosed';
      if (close - open > LONGEST_QUOTED) return 'unclosed';
      const escaped = text[close - 1] === '\\' && close - 1 >= from;
      if (escape && escaped) {
        value += text.slice(from, close - 1) + quote;
        from = close + 1;
        continue;
      }
      if (text[close + 1] === quote) {
        value += text.slice(from, close + 1);
        from = close + 2;
        continue;
      }
      let next = close + 1;
      while ((text[next] === ' ' && !text.startsWith(delimiter, next)) || (text[next] === '\r' && newline === '\n'))
        next += 1;
      if (next + delimiter.length > text.length && !ended) return 'more';
      if (next >= text.length || text[next] === newline || text.startsWith(delimiter, next))
        return { text: value + text.slice(from, close), end: next, stray };
      // Text follows: the quote belongs to the value, though nothing says so; a backslash before it does.
      if (escaped) value += text.slice(from, close - 1) + quote;
      else {
        // A quote that was never closed meets the first one of a row below.
        if (text.lastIndexOf(newline, close) > open) return 'unclosed';
        stray = true;
        const line = text.indexOf(newline, close);
        if (line < 0 && !ended) return 'more';
        const until = line < 0 ? text.length : line;
        const another = text.indexOf(quote, close + 1);
        if (another < 0 || another > until) {
          const end = this.endOfField(text, close, until);
          return { text: value + text.slice(from, close) + text.slice(close + 1, end).trimEnd(), end, stray };
        }
        value += text.slice(from, close + 1);
      }
      from = close + 1;
    }
  }

  /** Where the field ends in which a stray text stands: at the next delimiter of its line, else at the line's end. */
  private endOfField(text: string, from: number, lineEnd: number): number {
    const end = text.indexOf(this.dialect.delimiter, from);
    return end >= 0 && end < lineEnd ? end : lineEnd;
  }
}
