// Splits CSV text into records. Own code, because csv-parse with raw text reads 92,000 rows/s of 12 columns, gives up
// at the first malformed record, and lets a quote that never closes swallow the rest of the file.

export interface FileRecord {
  /** Counted from 1 over the whole file, blank rows included, as a spreadsheet shows it. */
  row: number;
  fields: string[];
  /** The record as it stands in the file. */
  raw: string;
  /** Why the record cannot be read; its fields are empty then. */
  fault: string | null;
}

export type TakeRecord = (record: FileRecord) => void;

/** A quoted field longer than this is taken for a quote that was never closed. */
const LONGEST_QUOTED = 100_000;
const UNCLOSED = 'A quote is opened and never closed; close it, or double it (""), where it belongs to the text';
const AFTER_QUOTE =
  'Text follows a closing quote; double the quotes ("") inside a quoted value, or take the quotes off the whole value';

export class RecordSplitter {
  private rest = '';
  private row = 0;
  /** Rows without any value: skipped, but counted. */
  blank = 0;

  constructor(
    private readonly delimiter: string,
    private readonly newline: '\n' | '\r' = '\n',
  ) {}

  /** Takes the next piece of text and hands out the records that it completes, one by one: none outlives its turn. */
  push(text: string, take: TakeRecord): void {
    this.split(this.rest + text, false, take);
  }

  /** No more text: hands out what is left. */
  end(take: TakeRecord): void {
    this.split(this.rest, true, take);
  }

  private split(text: string, ended: boolean, take: TakeRecord): void {
    let at = 0;
    while (at < text.length) {
      let lineEnd = text.indexOf(this.newline, at);
      if (lineEnd < 0) {
        if (!ended) break;
        lineEnd = text.length;
      }
      const line = text.slice(at, text[lineEnd - 1] === '\r' && lineEnd > at ? lineEnd - 1 : lineEnd);
      if (!line.includes('"')) {
        this.add(take, line.split(this.delimiter), line, null);
        at = lineEnd + 1;
        continue;
      }
      const quoted = this.readQuoted(text, at, ended);
      if (quoted === 'more') break;
      if (typeof quoted === 'string') {
        // Only the first line is given up: what follows it may well be sound.
        this.add(take, [], line, quoted);
        at = lineEnd + 1;
      } else {
        const raw = quoted.end - 1 === lineEnd ? line : text.slice(at, quoted.end).trimEnd();
        this.add(take, quoted.fields, raw, null);
        at = quoted.end;
      }
    }
    this.rest = text.slice(at);
  }

  private add(take: TakeRecord, fields: string[], raw: string, fault: string | null): void {
    this.row += 1;
    if (fault === null && (fields[0] ?? '').trim() === '' && fields.every((field) => field.trim() === ''))
      this.blank += 1;
    else take({ row: this.row, fields, raw, fault });
  }

  /** Reads a record that holds quotes: its fields and where the next one begins, "more" text wanted, or the fault. */
  private readQuoted(text: string, start: number, ended: boolean): { fields: string[]; end: number } | string {
    const fields: string[] = [];
    let at = start;
    for (;;) {
      let open = at;
      while (text[open] === ' ') open += 1;
      if (text[open] !== '"') {
        const delimiter = text.indexOf(this.delimiter, at);
        let lineEnd = text.indexOf(this.newline, at);
        if (lineEnd < 0) {
          if (!ended) return 'more';
          lineEnd = text.length;
        }
        if (delimiter >= 0 && delimiter < lineEnd) {
          fields.push(text.slice(at, delimiter));
          at = delimiter + 1;
          continue;
        }
        fields.push(text.slice(at, text[lineEnd - 1] === '\r' && lineEnd > at ? lineEnd - 1 : lineEnd));
        return { fields, end: lineEnd + 1 };
      }
      let value = '';
      let from = open + 1;
      let close: number;
      for (;;) {
        close = text.indexOf('"', from);
        if (close < 0) return !ended && text.length - open < LONGEST_QUOTED ? 'more' : UNCLOSED;
        if (close - open > LONGEST_QUOTED) return UNCLOSED;
        if (text[close + 1] !== '"') break;
        value += text.slice(from, close + 1);
        from = close + 2;
      }
      value += text.slice(from, close);
      let next = close + 1;
      while (text[next] === ' ' || (text[next] === '\r' && this.newline === '\n')) next += 1;
      if (next >= text.length && !ended) return 'more';
      if (next < text.length && text[next] !== this.delimiter && text[next] !== this.newline) return AFTER_QUOTE;
      fields.push(value);
      at = next + 1;
      if (text[next] !== this.delimiter) return { fields, end: at };
    }
  }
}
