import type { ImportReport } from '@/lib/contract/report';
import { decimalText } from '@/lib/formats/decimal';
import { AMOUNT_SCALE, UNITS_SCALE, type Line } from './line';
import { valueKey } from '@/lib/mapping/one-fix';
import { warningRules, type Fault, type WarningRule } from './row';

/** So many rows of a warning are kept, for whoever looks through them. */
export const ROWS_KEPT = 1_000;
const FIRST_ROWS = 10;
const MOST_REASONS = 100;
/** Sums of so much and a line's are exact. */
const EXACT = 2 ** 52;

type Warning = ImportReport['warnings'][number];

type Reason = ImportReport['rejections'][number];
type Fixed = NonNullable<ImportReport['fixed']>[number];
type Entries<V> = (readonly [key: string, value: V])[];

/** A tally as it stands in a checkpoint. */
export interface Saved {
  accepted: number;
  rejected: number;
  scales: number;
  units: string;
  amount: string;
  from: string | null;
  to: string | null;
  currency: string | null;
  dateOrder: 'dmy' | 'mdy' | null;
  promotion?: boolean;
  warnings: Entries<Warning>;
  reasons: Entries<Reason>;
  duplicates: Entries<number[]>;
  fixed: Entries<Fixed>;
}

/** Counts and control totals of a file while it is read. Grows with reasons, never with rows. */
export class Tally {
  accepted = 0;
  rejected = 0;
  /** Of the first amount that names one: others are not added up with it. */
  currency: string | null = null;
  /** In which order dates are read that could be either. */
  dateOrder: 'dmy' | 'mdy' | null = null;
  /** Whether any row has a value in a column for promotions: "no" is one. */
  promotion = false;
  private units = 0n;
  private amount = 0n;
  private plainUnits = 0;
  private plainAmount = 0;
  private readonly warnings = new Map<string, Warning>();
  private readonly reasons = new Map<string, Reason>();
  private from: string | null = null;
  private to: string | null = null;
  private readonly duplicates = new Map<string, number[]>();
  private readonly fixed = new Map<string, Fixed>();
  /** Bit n: some amount needs n decimals. */
  private scales = 0;

  accept(row: number, warned: readonly WarningRule[]): void {
    this.accepted += 1;
    for (const rule of warned) this.warn(rule, warningRules[rule], row);
  }

  addLine(line: Line): void {
    this.units += line.units;
    this.amount += line.amount;
    this.addDay(line.date);
    this.scales |= 1 << scaleOf(line.amount);
  }

  /** The same of a line whose numbers are small: sums of bigints take many times as long. */
  addPlain(units: number, amount: number, decimals: number): void {
    this.accepted += 1;
    this.plainUnits += units;
    this.plainAmount += amount;
    this.scales |= 1 << decimals;
    if (Math.abs(this.plainUnits) > EXACT || Math.abs(this.plainAmount) > EXACT) this.settle();
  }

  /** A day that accepted lines have. */
  addDay(date: string): void {
    if (this.from === null || date < this.from) this.from = date;
    if (this.to === null || date > this.to) this.to = date;
  }

  private settle(): void {
    this.units += BigInt(this.plainUnits);
    this.amount += BigInt(this.plainAmount);
    this.plainUnits = this.plainAmount = 0;
  }

  reject(faults: readonly Fault[]): void {
    this.rejected += 1;
    for (const fault of faults) {
      const reason = fault.rule ?? fault.reason;
      const key = `${fault.column}\u001f${reason}`;
      const known = this.reasons.get(key);
      if (known) known.count += 1;
      else this.reasons.set(key, { column: fault.column, reason, count: 1 });
    }
  }

  /** The first codes that come twice are told, the others only counted among the rejected rows. */
  addDuplicate(code: string, first: number, row: number): void {
    const rows = this.duplicates.get(code) ?? [first];
    if (rows.length === 1 && this.duplicates.size >= MOST_REASONS) return;
    if (rows.length < FIRST_ROWS) rows.push(row);
    this.duplicates.set(code, rows);
  }

  /** A cell whose value is set right wherever it stands. */
  addFixed({ column, from }: Pick<Fixed, 'column' | 'from'>): void {
    const key = valueKey({ column, from });
    const known = this.fixed.get(key) ?? { column, from, cells: 0 };
    known.cells += 1;
    this.fixed.set(key, known);
  }

  warn(rule: string, message: string, row: number | null, count = 1): void {
    const known = this.warnings.get(rule) ?? { rule, message, count: 0, rows: [] };
    known.count += count;
    if (row !== null && known.rows.length < ROWS_KEPT) known.rows.push(row);
    this.warnings.set(rule, known);
  }

  /** How often accepted rows were warned of by these rules. */
  warnedRows(rules: readonly WarningRule[]): number {
    return rules.reduce((sum, rule) => sum + (this.warnings.get(rule)?.count ?? 0), 0);
  }

  totals(): { units: string; amount: string } {
    this.settle();
    return { units: decimalText(this.units, UNITS_SCALE), amount: decimalText(this.amount, AMOUNT_SCALE) };
  }

  range(): { from: string | null; to: string | null } {
    return { from: this.from, to: this.to };
  }

  /** The most decimals that an accepted amount has, trailing zeros left out. */
  neededScale(): number {
    return this.scales === 0 ? 0 : 31 - Math.clz32(this.scales);
  }

  /** All of it as JSON, from which `resume` goes on. */
  save(): string {
    this.settle();
    const { accepted, rejected, scales, currency, dateOrder, promotion, from, to } = this;
    const [warnings, reasons, duplicates] = [[...this.warnings], [...this.reasons], [...this.duplicates]];
    const fixed = [...this.fixed];
    const [units, amount] = [String(this.units), String(this.amount)];
    const counts = { accepted, rejected, scales, units, amount, from, to };
    const saved: Saved = { ...counts, currency, dateOrder, promotion, warnings, reasons, duplicates, fixed };
    return JSON.stringify(saved);
  }

  static resume(saved: Saved): Tally {
    const tally = new Tally();
    tally.accepted = saved.accepted;
    tally.rejected = saved.rejected;
    tally.scales = saved.scales;
    tally.currency = saved.currency;
    tally.dateOrder = saved.dateOrder;
    // What an earlier version read may have had one.
    tally.promotion = saved.promotion ?? true;
    tally.units = BigInt(saved.units);
    tally.amount = BigInt(saved.amount);
    for (const [rule, warning] of saved.warnings) tally.warnings.set(rule, warning);
    for (const [key, reason] of saved.reasons) tally.reasons.set(key, reason);
    tally.from = saved.from;
    tally.to = saved.to;
    for (const [code, rows] of saved.duplicates) tally.duplicates.set(code, rows);
    for (const [key, one] of saved.fixed) tally.fixed.set(key, one);
    return tally;
  }

  report(): Pick<ImportReport, 'warnings' | 'rejections' | 'duplicates' | 'fixed'> {
    return {
      warnings: [...this.warnings.values()],
      rejections: [...this.reasons.values()].sort((a, b) => b.count - a.count).slice(0, MOST_REASONS),
      duplicates: [...this.duplicates].map(([code, rows]) => ({ code, rows })),
      ...(this.fixed.size > 0 && { fixed: [...this.fixed.values()] }),
    };
  }
}

function scaleOf(amount: bigint): number {
  if (amount % 100n === 0n) return amount % 10_000n === 0n ? 0 : amount % 1000n === 0n ? 1 : 2;
  return amount % 10n === 0n ? 3 : AMOUNT_SCALE;
}
