import { currencyOf } from '@/lib/values/currency';
import { parseFlag, parseReturn } from '@/lib/values/flag';
import { AMOUNT_SCALE } from './line';
import { atScale, parseExact, withoutResidue, withoutSingleResidue, type Exact } from '@/lib/values/number';
import { LONGEST_TEXT, cleanText, type Fault, type Warn } from './row';

/** Where a mapped field stands: its index in the row (-1: not mapped) and the name of its column. */
export interface Place {
  at: number;
  column: string;
  /** Where its numbers have another decimal sign than the file's. */
  decimal?: '.' | ',' | undefined;
}

const namesPercent = (column: string): boolean =>
  /%|\b(pct|percent|percentage|prozent)\b/i.test(column.replace(/_/g, ' '));
const noNumber = (text: string, decimal: '.' | ','): string =>
  text.endsWith('%')
    ? `A percentage, which is no amount; write the amount itself, like 1234${decimal}56, or map the column to Discount`
    : `Not a number; write it like 1234${decimal}56`;
const NUMBER_ALONE = /^[-+\d.,]*$/;
const MOST_AMOUNT = 10n ** 18n;

/** Reads the cells of one row after another; a cell that is wrong adds its fault. Made once a file: rows are many. */
export class Cells {
  fields: string[] = [];
  private readonly tooFine: string;

  constructor(
    readonly faults: Fault[],
    readonly warn: Warn,
    private readonly decimal: '.' | ',',
    private readonly scale: number,
    /** The currency of the first amount that names one. */
    private readonly known: { currency: string | null } = { currency: null },
    /** The workspace's currency: a sign that several have means this one. */
    readonly home: string | null = null,
  ) {
    const coins = scale === 0 ? 'whole numbers' : `${scale} ${scale === 1 ? 'decimal' : 'decimals'}`;
    this.tooFine = `The amount has more decimals than this workspace counts in (${coins})`;
  }

  fault({ column }: Place, reason: string): null {
    this.faults.push({ column, reason });
    return null;
  }

  /** Without blanks around it; empty when the cell is, or no column is mapped. */
  raw({ at }: Place): string {
    return at < 0 ? '' : (this.fields[at] ?? '').trim();
  }

  text(place: Place): string | null {
    if (place.at < 0) return null;
    const value = cleanText(this.fields[place.at]);
    if (value !== null && value.length > LONGEST_TEXT) this.fault(place, `Longer than ${LONGEST_TEXT} characters`);
    return value;
  }

  /** Null: the cell is empty, or no number. With `required`, its name, an empty one is a fault too. */
  number(place: Place, required?: string): Exact | null {
    const text = this.raw(place);
    if (text === '') return required ? this.fault(place, `The ${required} is missing; a number is required`) : null;
    const decimal = place.decimal ?? this.decimal;
    const value = parseExact(text, decimal);
    if (value === null || text.endsWith('%')) return this.fault(place, noNumber(text, decimal));
    if (value.scale <= AMOUNT_SCALE) return value;
    const settled = withoutSingleResidue(value) ?? withoutResidue(value, AMOUNT_SCALE);
    if (settled) this.warn('residue');
    return settled ?? value;
  }

  /** A number that may name its currency. */
  sum(place: Place, required?: string): Exact | null {
    const value = this.number(place, required);
    // What is no number says nothing of the currency of the rows below.
    if (value === null) return null;
    const text = this.raw(place);
    return NUMBER_ALONE.test(text) || this.inOneCurrency(currencyOf(text, this.home), place) ? value : null;
  }

  /** False, and a fault, where a row is in another currency than those before. */
  inOneCurrency(currency: string | null, place: Place): boolean {
    if (currency === null) return true;
    this.known.currency ??= currency;
    if (this.known.currency === currency) return true;
    this.fault(place, `In ${currency}, while rows before are in ${this.known.currency}; load each currency by itself`);
    return false;
  }

  /** An amount as an integer of 10^-AMOUNT_SCALE; null, and a fault, where the workspace cannot hold it. */
  money(value: Exact, place: Place): bigint | null {
    if (value.scale > this.scale) return this.fault(place, this.tooFine);
    const digits = atScale(value, AMOUNT_SCALE);
    if (digits < MOST_AMOUNT && digits > -MOST_AMOUNT) return digits;
    return this.fault(place, 'The amount is too large: 14 digits before the decimal point at most');
  }

  /**
   * A part of the whole, from 0 to below 1: "20 %", 0.2, or 20 where the column's name says that it counts percent. Null: the
   * cell is empty, or none of these.
   */
  share(place: Place): Exact | null {
    const text = this.raw(place);
    if (text === '') return null;
    const signed = text.endsWith('%');
    const value = parseExact(signed ? text.slice(0, -1).trimEnd() : text, place.decimal ?? this.decimal);
    if (value === null) return this.fault(place, 'Not a percentage; write it like 20 % or 0.2');
    const inPercent = signed || namesPercent(place.column);
    const part = inPercent ? { digits: value.digits, scale: value.scale + 2 } : value;
    const whole = 10n ** BigInt(part.scale);
    if (part.digits >= 0n && part.digits < whole) return part;
    const hint = inPercent ? 'from 0 % to below 100 %' : 'such as 20 %, or 0.2 for a fifth';
    return this.fault(place, `Not a part of the regular price; write what was taken off it ${hint}`);
  }

  flag(place: Place): boolean {
    if (place.at < 0) return false;
    const value = parseFlag(this.fields[place.at] ?? '');
    if (value === null) this.fault(place, 'Neither yes nor no; write 1 or 0, yes or no');
    return value === true;
  }

  takesBack(place: Place): boolean {
    if (place.at < 0) return false;
    const value = parseReturn(this.fields[place.at] ?? '');
    if (value === null) this.fault(place, 'Neither a return nor a sale; write 1 or 0, yes or no, return or sale');
    return value === true;
  }
}
