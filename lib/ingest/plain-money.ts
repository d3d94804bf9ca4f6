import type { Field } from '@/lib/contract/imports';
import { AMOUNT_SCALE, UNITS_SCALE } from './line';
import type { PlainRow } from './plain-row';
import { LARGE_AMOUNT, MOST_UNITS, type LineRules } from './read-line';

// Looked up once: what is imported is looked up at each use, and rows are many.
const [mostUnits, mostAmount] = [UNITS_SCALE, AMOUNT_SCALE];
const LARGE = Number(LARGE_AMOUNT);
const MOST = Number(MOST_UNITS);
const tens = Array.from({ length: 2 * 15 }, (_, exponent) => 10 ** exponent);

/**
 * Units, amount and base amount of a plain row, as `moneyReader` reads them; false where that would say something of them, or
 * where they are too large to be exact as numbers.
 */
export class PlainMoney {
  /** Of 10^-UNITS_SCALE and 10^-AMOUNT_SCALE. */
  units = 0;
  amount = 0;
  base: number | null = null;
  /** Decimals that the amount needs. */
  decimals = 0;

  private digits = 0;
  private scale = 0;
  private readonly unitsAt: number;
  private readonly givenAt: number;
  private readonly baseAt: number;
  private readonly basePriceAt: number;
  private readonly fromPrice: boolean;
  private readonly refuseNegative: boolean;
  private readonly mostDecimals: number;
  private readonly coin: number;

  constructor({ mapping, scale, coin }: LineRules, at: (field: Field) => number) {
    this.fromPrice = mapping.amountFrom === 'unit_price';
    this.refuseNegative = mapping.negatives === 'reject';
    this.unitsAt = at('units');
    this.givenAt = at(this.fromPrice ? 'unit_price' : 'amount');
    this.baseAt = at('base_amount');
    this.basePriceAt = at('base_price');
    this.mostDecimals = scale;
    this.coin = coin;
  }

  read(row: PlainRow): boolean {
    let [units, unitsScale] = [1, 0];
    if (this.unitsAt >= 0) {
      if (!row.number(this.unitsAt)) return false;
      [units, unitsScale] = [row.digits, row.scale];
    }
    if (unitsScale > mostUnits) return false;
    this.units = units * tens[mostUnits - unitsScale]!;
    if (Math.abs(this.units) >= MOST || !row.number(this.givenAt)) return false;
    if (this.refuseNegative && (units < 0 || row.digits < 0)) return false;
    this.digits = row.digits;
    this.scale = row.scale;
    if (row.scale > mostAmount) return false;
    if (this.fromPrice) {
      if (!this.times(units, unitsScale) || (unitsScale > 0 && this.scale > this.coin)) return false;
    }
    if (this.scale > this.mostDecimals || this.scale > mostAmount) return false;
    this.decimals = this.scale;
    this.amount = this.digits * tens[mostAmount - this.scale]!;
    return Math.abs(this.amount) <= LARGE && this.readBase(row, units, unitsScale);
  }

  private readBase(row: PlainRow, units: number, unitsScale: number): boolean {
    this.base = null;
    const given = this.baseAt >= 0 && row.to[this.baseAt]! > row.from[this.baseAt]!;
    const at = given ? this.baseAt : this.basePriceAt;
    if (at < 0 || row.to[at]! === row.from[at]!) return true;
    if (!row.number(at) || row.scale > mostAmount) return false;
    this.digits = row.digits;
    this.scale = row.scale;
    if (!given && !this.times(units, unitsScale)) return false;
    this.round(this.mostDecimals);
    this.base = this.digits * tens[mostAmount - this.scale]!;
    return Math.abs(this.base) <= LARGE;
  }

  /** False where the product is not exact. */
  private times(digits: number, scale: number): boolean {
    this.digits *= digits;
    this.scale += scale;
    if (!Number.isSafeInteger(this.digits)) return false;
    for (; this.scale > 0 && this.digits % 10 === 0; this.scale -= 1) this.digits /= 10;
    return true;
  }

  /** Half away from zero. */
  private round(scale: number): void {
    if (this.scale <= scale) return;
    const unit = tens[this.scale - scale]!;
    const size = Math.abs(this.digits) + unit / 2;
    const rounded = (size - (size % unit)) / unit;
    this.digits = this.digits < 0 ? -rounded : rounded;
    this.scale = scale;
  }
}
