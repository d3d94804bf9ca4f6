import { cutAligned } from './aligned';
import { BOXED, cutBoxed } from './boxed';
import { LONGEST_BREAK, afterBreak, breaker } from './breaks';
import { readValue, type Style } from './quoted-value';
import { AFTER_QUOTE, UNCLOSED, closingOf, endsEscaped, unescaped, withoutFormula } from './quotes';
import type { Dialect, FileRecord } from './record';

// Splits CSV text into records. Own code, because csv-parse with raw text reads 92,000 rows/s of 12 columns, gives up
// at the first malformed record, and lets a quote that never closes swallow the rest of the file.

export type TakeRecord = (record: FileRecord) => void;
/** Takes a line as it stands in the text, if it can: then nothing is made of it. */
export type TakeLine = (text: string, start: number, end: number, row: number) => boolean;

/** Quotes around whole rows, and nothing between values. */
export const WRAPPING: Dialect = { delimiter: '\0', quote: '"' };

type Quoted = { fields: string[]; end: number; fault: string | null };

/** Splits at line breaks of any kind: LF, CR LF or CR, also where a file mixes them. */
export class RecordSplitter {
  private rest = '';
  private row = 0;
  /** Where the next breaks of the text in hand stand. */
  private lf = -1;
  private cr = -1;
  /** Rows without any value: skipped, but counted. */
  blank = 0;

  private readonly dialect: Dialect;
  private readonly inner: Dialect | null;
  private readonly close: string;
  private readonly style: Style;
  private readonly broken: ReturnType<typeof breaker>;

  constructor({ wrapped = false, ending, ...dialect }: Dialect) {
    this.inner = wrapped ? dialect : null;
    this.dialect = wrapped ? WRAPPING : dialect;
    this.close = closingOf(this.dialect.quote);
    const { delimiter, escape } = this.dialect;
    this.style = { delimiter, escape, close: this.close, lineEnd: (text, from) => this.lineEnd(text, from) };
    this.broken = breaker(ending);
  }

  /** Takes the next piece of text and hands out the records that it completes, one by one: none outlives its turn. */
  push(text: string, take: TakeRecord, takeLine?: TakeLine): void {
    this.split(this.rest + this.broken(text), false, take, takeLine);
  }

  /** No more text: hands out what is left. */
  end(take: TakeRecord): void {
    this.split(this.rest + this.broken(), true, take);
  }

  private split(text: string, ended: boolean, take: TakeRecord, takeLine?: TakeLine): void {
    const { quote } = this.dialect;
    let at = 0;
    this.lf = this.cr = -1;
    while (at < text.length) {
      const lineEnd = this.lineEnd(text, at);
      if (!ended && lineEnd + LONGEST_BREAK > text.length) break;
      const next = afterBreak(text, lineEnd);
      if (takeLine?.(text, at, lineEnd, this.row + 1)) {
        this.row += 1;
        at = next;
        continue;
      }
      const line = text.slice(at, lineEnd);
      if (quote === '' || !line.includes(quote)) {
        this.add(take, this.cut(line), line, null);
        at = next;
        continue;
      }
      const quoted = this.readQuoted(text, at, ended);
      if (quoted === 'more') break;
      if (quoted === 'unclosed') {
        // Only the first line is given up: what follows it may well be sound.
        const fields = this.cut(line).map((field) => this.unquoted(field));
        this.add(take, fields, line, UNCLOSED);
        this.lf = this.cr = -1;
        at = next;
      } else {
        const raw = quoted.end === next ? line : text.slice(at, quoted.end).trimEnd();
        const fields = raw.includes('="') ? quoted.fields.map(withoutFormula) : quoted.fields;
        this.add(take, fields, raw, quoted.fault);
        at = quoted.end;
      }
    }
    this.rest = text.slice(at);
  }

  /** Where the line ends that goes on here. Both breaks are looked for once each, as a file mostly has one kind. */
  private lineEnd(text: string, from: number): number {
    if (this.lf < from) this.lf = text.indexOf('\n', from);
    if (this.lf < 0) this.lf = text.length;
    if (this.cr < from) this.cr = text.indexOf('\r', from);
    if (this.cr < 0) this.cr = text.length;
    return Math.min(this.lf, this.cr);
  }

  /** The fields of a line without quotes. */
  private cut(line: string): string[] {
    if (this.dialect.gaps) return cutAligned(line, this.dialect.gaps);
    if (this.dialect.delimiter === BOXED) return cutBoxed(line) ?? [];
    const fields = line.split(this.dialect.delimiter);
    if (!this.dialect.escape || !line.includes('\\')) return fields;
    const whole: string[] = [];
    let before = '';
    for (const field of fields) {
      const escaped = endsEscaped(field);
      const text = before + (escaped ? field.slice(0, -1) + this.dialect.delimiter : field);
      if (!escaped) whole.push(unescaped(text));
      before = escaped ? text : '';
    }
    return before === '' ? whole : [...whole, before];
  }

  private unquoted(field: string): string {
    const text = field.trim();
    if (!text.startsWith(this.dialect.quote)) return field;
    return text.slice(1, text.endsWith(this.close) && text.length > 1 ? -1 : undefined);
  }

  private add(take: TakeRecord, fields: string[], raw: string, fault: string | null): void {
    this.row += 1;
    if (this.inner) {
      const inside = new RecordSplitter(this.inner);
      inside.row = this.row - 1;
      inside.split(fault === null && fields.length === 1 ? fields[0]! : raw, true, take);
      this.row = inside.row;
      return;
    }
    if (fault === null && (fields[0] ?? '').trim() === '' && fields.every((field) => field.trim() === ''))
      this.blank += 1;
    else take({ row: this.row, fields, raw, fault });
  }

  /** Reads a record that holds quotes: its fields and where the next one begins. */
  private readQuoted(text: string, start: number, ended: boolean): Quoted | 'more' | 'unclosed' {
    const { delimiter, quote, escape } = this.dialect;
    const fields: string[] = [];
    let fault: string | null = null;
    let at = start;
    for (;;) {
      let open = at;
      // A delimiter that is itself made of blanks ends the field; other blanks before a quote are none of the value.
      while (text[open] === ' ' && !text.startsWith(delimiter, open)) open += 1;
      if (text[open] !== quote) {
        const lineEnd = this.lineEnd(text, at);
        if (!ended && lineEnd + LONGEST_BREAK > text.length) return 'more';
        let end = text.indexOf(delimiter, at);
        while (escape && end > at && endsEscaped(text.slice(at, end))) end = text.indexOf(delimiter, end + 1);
        const last = end < 0 || end >= lineEnd;
        const [field = ''] = escape ? this.cut(text.slice(at, last ? lineEnd : end)) : [];
        fields.push(escape ? field : text.slice(at, last ? lineEnd : end));
        if (last) return { fields, end: afterBreak(text, lineEnd), fault };
        at = end + delimiter.length;
        continue;
      }
      const value = readValue(text, open, ended, this.style);
      if (typeof value === 'string') return value;
      fault ??= value.stray ? AFTER_QUOTE : null;
      fields.push(value.text);
      if (!text.startsWith(delimiter, value.end)) return { fields, end: afterBreak(text, value.end), fault };
      at = value.end + delimiter.length;
    }
  }
}
